package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.BundleReading;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bundles of the shapes that organisations have.
final class WholeBundleTest {

    /// Asks what Anchore Engine's bundle of old asks of every image, in our own words.
    private static final String FIRST_STEPS = """
            {"id":"first-steps","name":"First steps","version":"1_0","comment":"",
             "policies":[{"id":"rules","name":"Rules","version":"1_0","comment":"","rules":[
               {"id":"ports","gate":"dockerfile","trigger":"exposed_ports","action":"STOP",
                "params":[{"name":"ports","value":"22"},{"name":"type","value":"blacklist"}]},
               {"id":"health","gate":"dockerfile","trigger":"instruction","action":"WARN",
                "params":[{"name":"instruction","value":"HEALTHCHECK"},{"name":"check","value":"not_exists"}]},
               {"id":"stale","gate":"vulnerabilities","trigger":"stale_feed_data","action":"WARN",
                "params":[{"name":"max_days_since_sync","value":"2"}]},
               {"id":"nodata","gate":"vulnerabilities","trigger":"vulnerability_data_unavailable","action":"WARN","params":[]},
               {"id":"medium","gate":"vulnerabilities","trigger":"package","action":"WARN",
                "params":[{"name":"package_type","value":"all"},{"name":"severity_comparison","value":"="},
                          {"name":"severity","value":"medium"}]},
               {"id":"high","gate":"vulnerabilities","trigger":"package","action":"STOP",
                "params":[{"name":"package_type","value":"all"},{"name":"severity_comparison","value":">"},
                          {"name":"severity","value":"medium"}]}]}],
             "whitelists":[{"id":"none","name":"None","version":"1_0","comment":"","items":[]}],
             "mappings":[{"id":"all","name":"default","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
               "policy_ids":["rules"],"whitelist_ids":["none"]}],
             "whitelisted_images":[],"blacklisted_images":[]}
            """;

    /// Anchore Enterprise's policy for images, sources and SBOMs at once; the rules for the latter two ask for what
    /// this
    /// version does not know.
    private static final String ENTERPRISE = """
            {"id":"company","name":"Company","description":"d","version":"2","last_updated":1700000000,
             "rule_sets":[
               {"id":"images","name":"Images","description":"","version":"2","artifact_type":"image","rules":[
                 {"id":"r1","gate":"always","trigger":"always","action":"WARN","params":[],
                  "description":"d","recommendation":"do it"}]},
               {"id":"sources","name":"Sources","version":"2","artifact_type":"source","rules":[
                 {"id":"r2","gate":"vulnerabilities","trigger":"package","action":"STOP","params":[
                   {"name":"package_type","value":"all"}]},
                 {"id":"r3","gate":"image_source_drift","trigger":"package_removed","action":"STOP","params":[]}]},
               {"id":"apps","name":"Apps","version":"2","artifact_type":"sbom","rules":[
                 {"id":"r4","gate":"always","trigger":"always","action":"STOP","params":[]},
                 {"id":"r5","gate":"something_new","trigger":"x","action":"STOP","params":[]}]}],
             "mappings":[{"id":"m","name":"all","description":"","registry":"*","repository":"*",
               "image":{"type":"tag","value":"*"},"rule_set_ids":["images","apps"],"allowlist_ids":[]}],
             "source_mappings":[{"id":"s","name":"s","host":"*","repository":"*","rule_set_ids":["sources"],
               "allowlist_ids":[]}],
             "sbom_mappings":[{"id":"t","name":"t","sbom_name":"*","sbom_version":"*","rule_set_ids":["apps"],
               "allowlist_ids":[]}],
             "allowlists":[],"allowlisted_images":[],"denylisted_images":[]}
            """;

    private static BundleReading read(String json) {
        return BundleReader.read("test.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> ids(Verdict verdict) {
        return verdict.results().stream()
                .map(result -> result.action().word() + " " + result.ruleId() + " " + result.triggerId())
                .toList();
    }

    @Test
    void theRulesOfOldGiveTheResultsOfOld() {
        assertThat(read(FIRST_STEPS).problems()).isEmpty();
        var verdict = image().dockerfile("FROM debian\nEXPOSE 22 80\n")
                .builtAt("2026-05-31T00:00:00Z")
                .covering("debian:12", PackageType.DEB, State.COVERED)
                .hit(finding("CVE-2026-0001", Severity.LOW))
                .hit(finding("CVE-2026-0002", Severity.MEDIUM))
                .hit(finding("CVE-2026-0003", Severity.HIGH))
                .hit(finding("CVE-2026-0004", Severity.CRITICAL).notToBeFixed())
                .judge(Fixture.read(FIRST_STEPS));

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(ids(verdict))
                .containsExactly(
                        "stop ports cc05c35507995b4a657b63f9b0baa281",
                        "stop high CVE-2026-0003+curl",
                        "warn health 41cb7cdf04850e33a11f80c42bf660b3",
                        "warn medium CVE-2026-0002+curl");
        assertThat(image().dockerfile("FROM debian\nHEALTHCHECK CMD true\n")
                        .covering("debian:12", PackageType.DEB, State.COVERED)
                        .hit(finding("CVE-2026-0002", Severity.MEDIUM))
                        .judge(Fixture.read(FIRST_STEPS))
                        .decision())
                .as("a WARN passes")
                .isEqualTo(Decision.PASS);
    }

    @Test
    void rulesForOtherArtifactsKeepNoBundleFromBeingUsed() {
        var reading = read(ENTERPRISE);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings())
                .extracting(BundleProblem::toString)
                .containsExactly(
                        "/rule_sets/1/artifact_type: the rule set is for artifacts of type 'source' and is never judged for"
                                + " images",
                        "/rule_sets/1/rules/1/trigger: the rule does nothing: it compares with a source repository's packages"
                                + " that only Anchore's server keeps, and Anchore itself gave the gate up; tag_drift compares"
                                + " with the image that the tag had before",
                        "/rule_sets/2/artifact_type: the rule set is for artifacts of type 'sbom' and is never judged for"
                                + " images",
                        "/rule_sets/2/rules/1/gate: unknown gate 'something_new': allowed are "
                                + String.join(
                                        ", ",
                                        Gates.all().stream().map(Gate::name).toList()),
                        "/sbom_mappings: 'sbom_mappings' is not for images and is passed over",
                        "/source_mappings: 'source_mappings' is not for images and is passed over");
        var verdict = image().judge(Fixture.read(ENTERPRISE));
        assertThat(ids(verdict)).containsExactly("warn r1 always");
        assertThat(verdict.results().getFirst().recommendation()).isEqualTo("do it");
    }

    @Test
    void theSameMistakeInARuleForImagesIsAnError() {
        assertThat(read(ENTERPRISE.replace("\"artifact_type\":\"sbom\",", "")).errors())
                .extracting(BundleProblem::pointer)
                .containsExactly("/rule_sets/2/rules/1/gate");
    }

    @Test
    void warnsOfAMappingThatLetsEverythingPass() {
        var nothing =
                "/mappings/0/rule_set_ids: the mapping names no rule set for images, so every image that it covers"
                        + " passes";
        assertThat(read(ENTERPRISE.replace("[\"images\",\"apps\"]", "[\"apps\"]"))
                        .warnings())
                .extracting(BundleProblem::toString)
                .contains(nothing + " (a rule set's \"artifact_type\" says what it is for)");
        assertThat(read(ENTERPRISE.replace("[\"images\",\"apps\"]", "[]")).warnings())
                .extracting(BundleProblem::toString)
                .contains(nothing);
    }

    @Test
    void aMistypedRulesMemberIsNoRuleSetWithoutRules() {
        var text = BundleText.of().rule("STOP", "always", "always").json().replace("\"rules\"", "\"ruls\"");

        assertThat(read(text).problems())
                .extracting(BundleProblem::toString)
                .containsExactly(
                        "/rule_sets/0/ruls: 'ruls' has no meaning here and is passed over; did you mean 'rules'?",
                        "/rule_sets/0: the member 'rules' is missing");
        assertThat(read(text).bundle()).isEmpty();
    }
}
