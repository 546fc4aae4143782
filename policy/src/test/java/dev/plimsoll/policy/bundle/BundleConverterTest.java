package dev.plimsoll.policy.bundle;

import static dev.plimsoll.policy.Fixture.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.json.YamlWriter;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.bundle.BundleConverter.Converted;
import dev.plimsoll.policy.bundle.BundleConverter.Refused;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleConverterTest {

    /// As Anchore Engine's users have them; ids of allowlist items are MD5 sums of Anchore's messages.
    private static final String ENGINE = """
            {"id":"shop","name":"Shop","version":"1_0","comment":"What the shop asks.",
             "policies":[{"id":"base","name":"Base","version":"1_0","comment":"Of all images.","rules":[
               {"gate":"dockerfile","trigger":"exposed_ports","action":"STOP","params":[
                 {"name":"ports","value":"22"},{"name":"type","value":"blacklist"}]},
               {"id":"user","gate":"dockerfile","trigger":"effective_user","action":"STOP","comment":"c","params":[
                 {"name":"users","value":"root"},{"name":"type","value":"Blacklist"}]},
               {"id":"curl","gate":"Packages","trigger":"BLACKLIST","action":"STOP","params":[
                 {"name":"name","value":"curl"}]},
               {"id":"cve","gate":"vulnerabilities","trigger":"blacklist","action":"STOP","params":[
                 {"name":"vulnerability_ids","value":"CVE-1,CVE-2"}]},
               {"id":"always","gate":"always","trigger":"always","action":"WARN"}]}],
             "whitelists":[{"id":"seen","name":"Seen","version":"1_0","comment":"","items":[
               {"id":"i1","gate":"dockerfile","trigger":"exposed_ports","trigger_id":"cc05c35507995b4a657b63f9b0baa281"},
               {"id":"i2","gate":"dockerfile","trigger_id":"cbff271f45d32e78dcc1979dbca9c14d","expires_on":"2030-01-01T00:00:00Z"},
               {"gate":"packages","trigger_id":"5f21bab88b395802f09956562717ff63"},
               {"id":"i4","gate":"vulnerabilities","trigger_id":"fb920ee3e4d06115ac641dcd50ea2d5e"}]}],
             "mappings":[{"name":"Everything","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
               "policy_id":"base","whitelist_ids":["seen"]}],
             "whitelisted_images":[{"name":"ours","registry":"r","repository":"a","image":{"type":"tag","value":"*"}}],
             "blacklisted_images":[{"name":"old","registry":"r","repository":"b","image":{"type":"tag","value":"1*"}}]}
            """;

    /// The same in the words of format 2.
    private static final String ENTERPRISE = """
            {"id":"shop","name":"Shop","version":"2","description":"What the shop asks.",
             "rule_sets":[{"id":"base","name":"Base","version":"2","description":"Of all images.","rules":[
               {"id":"rule-1","gate":"dockerfile","trigger":"exposed_ports","action":"STOP","params":[
                 {"name":"ports","value":"22"},{"name":"type","value":"denylist"}]},
               {"id":"user","gate":"dockerfile","trigger":"effective_user","action":"STOP","description":"c","params":[
                 {"name":"users","value":"root"},{"name":"type","value":"denylist"}]},
               {"id":"curl","gate":"Packages","trigger":"denylist","action":"STOP","params":[
                 {"name":"name","value":"curl"}]},
               {"id":"cve","gate":"vulnerabilities","trigger":"denylist","action":"STOP","params":[
                 {"name":"vulnerability_ids","value":"CVE-1,CVE-2"}]},
               {"id":"always","gate":"always","trigger":"always","action":"WARN","params":[]}]}],
             "allowlists":[{"id":"seen","name":"Seen","version":"2","description":"","items":[
               {"id":"i1","gate":"dockerfile","trigger":"exposed_ports","trigger_id":"cc05c35507995b4a657b63f9b0baa281"},
               {"id":"i2","gate":"dockerfile","trigger_id":"cbff271f45d32e78dcc1979dbca9c14d","expires_on":"2030-01-01T00:00:00Z"},
               {"id":"item-3","gate":"packages","trigger_id":"5f21bab88b395802f09956562717ff63"},
               {"id":"i4","gate":"vulnerabilities","trigger_id":"fb920ee3e4d06115ac641dcd50ea2d5e"}]}],
             "mappings":[{"id":"Everything","name":"Everything","registry":"*","repository":"*",
               "image":{"type":"tag","value":"*"},"rule_set_ids":["base"],"allowlist_ids":["seen"]}],
             "allowlisted_images":[{"id":"ours","name":"ours","registry":"r","repository":"a",
               "image":{"type":"tag","value":"*"}}],
             "denylisted_images":[{"id":"old","name":"old","registry":"r","repository":"b",
               "image":{"type":"tag","value":"1*"}}]}
            """;

    /// What only one of them can say, and what nobody knows.
    private static final String ODD = """
            {"id":"odd","name":"Odd","version":"2","description":"d","comment":"a remark","last_updated":1700000000,
             "plimsoll":{"unknown_action":"WARN","later":{"version":3}},"vendor":{"policies":[1,2.50,true,null]},
             "rule_sets":[
               {"id":"a","name":"A","version":"2","artifact_type":"image","rules":[
                 {"id":"r1","gate":"vulnerabilities","trigger":"kev_list","action":"STOP","params":[],
                  "recommendation":"Upgrade.","plimsoll":{"failure_action":"GO"},"controls":[{"framework":"F","id":"1"}]},
                 {"id":"r2","gate":"vulnerabilities","trigger":"package","action":"STOP","params":[
                   {"name":"package_type","value":"all"},{"name":"epss_score","value":"0.5"}]},
                 {"id":"r3","gate":"always","trigger":"always","action":"GO","params":[],"x-note":"keep"}]},
               {"id":"s","name":"S","version":"2","artifact_type":"sbom","rules":[
                 {"id":"r4","gate":"something_new","trigger":"x","action":"STOP","params":[]}]}],
             "allowlists":[{"id":"l","name":"L","version":"2","items":[
               {"id":"i1","gate":"always","trigger_id":"always:always:always","expires_on":null,"description":"why"}]}],
             "mappings":[{"id":"m","name":"M","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
               "rule_set_ids":["a","s"],"allowlist_ids":["l"]}],
             "source_mappings":[{"id":"s","name":"s","host":"*","repository":"*","rule_set_ids":["s"],"allowlist_ids":[]}],
             "sbom_mappings":[{"id":"t","name":"t","sbom_name":"*","sbom_version":"*","rule_set_ids":["s"],"allowlist_ids":[]}],
             "allowlisted_images":[],"denylisted_images":[]}
            """;

    private static JsonObject json(String text) {
        try {
            return (JsonObject) JsonReader.read(text, JsonLimits.AUTHORED);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static Converted convert(String text, String version, boolean forAnchore) {
        var result = BundleConverter.convert(
                "test.json", text.getBytes(StandardCharsets.UTF_8), Optional.of(version), forAnchore);
        return switch (result) {
            case Converted converted -> converted;
            case Refused(var errors) -> throw new AssertionError(errors.toString());
        };
    }

    private static String text(JsonValue value) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<String> warnings(String text, String version, boolean forAnchore) {
        return convert(text, version, forAnchore).warnings().stream()
                .map(BundleProblem::toString)
                .toList();
    }

    private static Bundle read(String text) {
        var reading = BundleReader.read("test.json", text.getBytes(StandardCharsets.UTF_8));
        return reading.bundle()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    @Test
    void writesEngineInTheWordsOfEnterprise() {
        assertThat(convert(ENGINE, "2", false).bundle()).isEqualTo(json(ENTERPRISE));
        assertThat(warnings(ENGINE, "2", false))
                .containsExactly(
                        "/policies/0/rules: format 2 asks for ids: some are made up, such as 'rule-1'",
                        "/whitelists/0/items: format 2 asks for ids: some are made up, such as 'item-3'",
                        "/mappings: format 2 asks for ids: some are made up, such as 'Everything'",
                        "/whitelisted_images: format 2 asks for ids: some are made up, such as 'ours' (and 1 more place)");
    }

    @Test
    void andBack() {
        var back = convert(ENTERPRISE, "1_0", false);

        assertThat(back.warnings()).isEmpty();
        assertThat(convert(text(back.bundle()), "2", false).bundle()).isEqualTo(json(ENTERPRISE));
        assertThat(back.bundle().members().keySet())
                .containsExactly(
                        "id",
                        "name",
                        "version",
                        "comment",
                        "policies",
                        "whitelists",
                        "mappings",
                        "whitelisted_images",
                        "blacklisted_images");
        var rules = back.bundle().objects("policies").getFirst().objects("rules");
        assertThat(rules.stream().map(rule -> rule.string("trigger").orElseThrow()))
                .containsExactly("exposed_ports", "effective_user", "blacklist", "blacklist", "always");
        assertThat(rules.getFirst().objects("params").get(1).string("value")).contains("blacklist");
        assertThat(back.bundle().objects("mappings").getFirst().strings("policy_ids"))
                .containsExactly("base");
    }

    @Test
    void whatNobodyKnowsComesBackToo() {
        var older = convert(ODD, "1_0", false);

        assertThat(convert(text(older.bundle()), "2", false).bundle()).isEqualTo(json(ODD));
        assertThat(older.bundle().object("vendor")).isEqualTo(json(ODD).object("vendor"));
        assertThat(older.bundle().string("comment")).contains("d");
        assertThat(older.bundle().string("description")).contains("a remark");
        assertThat(read(text(older.bundle())).description()).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGINE, ENTERPRISE, ODD})
    void yamlSaysTheSame(String text) throws JsonException {
        for (var version : BundleConverter.versions()) {
            var tree = convert(text, version, false).bundle();
            var yaml = YamlWriter.write(tree);
            var reading = BundleReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));

            assertThat(reading.bundle()).as(yaml).isPresent();
            assertThat(reading.bundle().get().digest()).isEqualTo(CanonicalJson.digest(tree));
            assertThat(reading.problems())
                    .isEqualTo(BundleReader.read("test.json", text(tree).getBytes(StandardCharsets.UTF_8))
                            .problems());
        }
    }

    @Test
    void allowlistsGoOnMatching() {
        var subject = Fixture.image()
                .dockerfile("FROM debian\nUSER root\nEXPOSE 22\n")
                .installed(PackageType.DEB, "curl", "7.88.1-10", "var/lib/dpkg/status")
                .file("etc/passwd", FileEntry.Kind.FILE, 0644, "0".repeat(64))
                .hit(finding("CVE-1", Severity.LOW))
                .hit(finding("CVE-2", Severity.LOW));
        var before = subject.judge(read(ENGINE));
        var after = subject.judge(read(text(convert(ENGINE, "2", false).bundle())));
        var back = subject.judge(read(text(convert(ENTERPRISE, "1_0", false).bundle())));

        assertThat(before.results()).hasSize(5);
        assertThat(before.results())
                .filteredOn(result -> result.allowlisted().isPresent())
                .hasSize(4);
        assertThat(ids(after.results())).isEqualTo(ids(before.results()));
        assertThat(ids(back.results())).isEqualTo(ids(before.results()));
    }

    private static List<String> ids(List<RuleResult> results) {
        return results.stream()
                .map(result -> result.triggerId() + " " + result.stableId() + " " + result.action() + " "
                        + result.allowlisted().isPresent())
                .sorted()
                .toList();
    }

    @Test
    void namesWhatEngineCannotSay() {
        assertThat(warnings(ODD, "1_0", false))
                .containsExactly(
                        "/rule_sets/0/rules/0/plimsoll: 'plimsoll' is kept; Anchore passes it over (and 1 more place)",
                        "/rule_sets/0/rules/0/controls: 'controls' is kept; Anchore passes it over",
                        "/rule_sets/0/rules/0/recommendation: 'recommendation' is kept; Anchore Engine passes it over",
                        "/rule_sets/0/rules/0: Anchore Engine has no trigger 'vulnerabilities/kev_list': it refuses the rule or"
                                + " passes it over; --for-anchore leaves it out",
                        "/rule_sets/0/rules/1: Anchore Engine has no parameter 'epss_score' of 'vulnerabilities/package': it"
                                + " refuses the rule or passes it over; --for-anchore leaves it out",
                        "/rule_sets/1/artifact_type: 'artifact_type' is kept; Anchore Engine does not know it and would take the"
                                + " rule set for one of images",
                        "/allowlists/0/items/0/trigger_id: only Plimsoll knows ids of this form; in Anchore Engine the item"
                                + " silences nothing");
        assertThat(warnings(ODD, "2", false))
                .containsExactly(
                        "/rule_sets/0/rules/0/plimsoll: 'plimsoll' is kept; Anchore passes it over (and 1 more place)",
                        "/rule_sets/0/rules/0/controls: 'controls' is kept; Anchore passes it over",
                        "/allowlists/0/items/0/trigger_id: only Plimsoll knows ids of this form; in Anchore Enterprise the item"
                                + " silences nothing");
    }

    @Test
    void leavesOutWhatAnchoreDoesNotKnowWhereItIsToReadIt() {
        var engine = convert(ODD, "1_0", true);

        assertThat(warnings(ODD, "1_0", true))
                .containsExactly(
                        "/rule_sets/0/rules/0/plimsoll: 'plimsoll' is left out: Anchore does not know it (and 1 more place)",
                        "/rule_sets/0/rules/0/controls: 'controls' is left out: Anchore does not know it",
                        "/rule_sets/0/rules/0/recommendation: 'recommendation' is kept; Anchore Engine passes it over",
                        "/rule_sets/0/rules/0: the rule is left out: Anchore Engine has no trigger 'vulnerabilities/kev_list'",
                        "/rule_sets/0/rules/1: the rule is left out: Anchore Engine has no parameter 'epss_score' of"
                                + " 'vulnerabilities/package'",
                        "/rule_sets/1/artifact_type: the rule set for artifacts of type 'sbom' is left out: Anchore Engine judges"
                                + " images only",
                        "/allowlists/0/items/0/trigger_id: only Plimsoll knows ids of this form; in Anchore Engine the item"
                                + " silences nothing",
                        "/sbom_mappings: 'sbom_mappings' is left out: Anchore Engine judges images only",
                        "/source_mappings: 'source_mappings' is left out: Anchore Engine judges images only");
        assertThat(engine.bundle().objects("policies")).hasSize(1);
        assertThat(engine.bundle().objects("policies").getFirst().objects("rules"))
                .extracting(rule -> rule.string("id").orElseThrow())
                .containsExactly("r3");
        assertThat(engine.bundle().objects("mappings").getFirst().strings("policy_ids"))
                .containsExactly("a");
        assertThat(text(engine.bundle())).doesNotContain("plimsoll", "controls", "sbom");
        assertThat(read(text(engine.bundle())).ruleSets()).hasSize(1);

        var enterprise = convert(ODD, "2", true).bundle();
        assertThat(text(enterprise))
                .doesNotContain("plimsoll", "controls")
                .contains("sbom_mappings", "kev_list", "epss");
    }

    @Test
    void enterpriseHasNoGatesOfLanguages() {
        assertThat(AnchoreVocabulary.ENTERPRISE.knowsGate("npms")).isFalse();
        assertThat(AnchoreVocabulary.ENTERPRISE.knowsGate("ruby_gems")).isFalse();
        assertThat(AnchoreVocabulary.ENGINE.knowsTrigger("npms", "feed_data_unavailable"))
                .isTrue();
        assertThat(AnchoreVocabulary.ENGINE.knowsParameter("licenses", "denylist_exact_match", "package_type"))
                .isFalse();
        assertThat(AnchoreVocabulary.ENTERPRISE.knowsParameter("licenses", "denylist_exact_match", "package_type"))
                .isTrue();
        assertThat(AnchoreVocabulary.ENTERPRISE.knowsParameter("licenses", "denylist_exact_match", "licenses"))
                .isTrue();

        assumeThat(Gates.find("npms")).isInstanceOf(Gates.Found.class);
        var text = """
                {"id":"b","name":"B","version":"1_0","policies":[{"id":"p","name":"P","version":"1_0","rules":[
                   {"id":"r1","gate":"npms","trigger":"blacklisted_name_version","action":"STOP","params":[
                     {"name":"name","value":"left-pad"},{"name":"version","value":"1.0.0"}]},
                   {"id":"r2","gate":"npms","trigger":"unknown_in_feeds","action":"WARN","params":[]}]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":[]}]}
                """;
        assertThat(warnings(text, "2", false))
                .singleElement()
                .asString()
                .contains("Anchore Enterprise has no gate 'npms'", "(and 1 more place)");
        assertThat(warnings(text, "2", true))
                .satisfiesExactly(
                        first -> assertThat(first).contains("/policies/0/rules/0: ", "written as packages/denylist"),
                        second -> assertThat(second).contains("/policies/0/rules/1: the rule is left out"));
        assertThat(convert(text, "2", true)
                        .bundle()
                        .objects("rule_sets")
                        .getFirst()
                        .objects("rules"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.string("gate")).contains("packages"))
                .satisfies(rule -> assertThat(rule.string("trigger")).contains("denylist"));
    }

    @Test
    void everyOlderNameOfATriggerIsWrittenBothWays() {
        for (var gate : Gates.all()) {
            for (var trigger : gate.triggers()) {
                var rule = """
                        {"id":"r","gate":"%s","trigger":"%s","action":"STOP","params":[%s]}""".formatted(
                                gate.name(),
                                trigger.name(),
                                trigger.parameters().stream()
                                        .filter(parameter -> !parameter.name().equals("actual_dockerfile_only"))
                                        .map(parameter -> "{\"name\":\"%s\",\"value\":\"%s\"}"
                                                .formatted(
                                                        parameter.name(),
                                                        parameter.example().replace("\\", "\\\\")))
                                        .collect(Collectors.joining(",")));
                var bundle = ENTERPRISE.replaceFirst(
                        "(?s)\"rules\":\\[.*?\\]\\}\\],", Matcher.quoteReplacement("\"rules\":[" + rule + "]}],"));

                var older = convert(bundle, "1_0", false).bundle();
                assertThat(older.objects("policies")
                                .getFirst()
                                .objects("rules")
                                .getFirst()
                                .string("trigger"))
                        .as(gate.name())
                        .contains(trigger.olderName());
                assertThat(convert(text(older), "2", false).bundle()).isEqualTo(json(bundle));
            }
        }
    }

    @Test
    void refusesWhatIsNoBundle() {
        var result = BundleConverter.convert(
                "x.json",
                ENGINE.replace("\"policy_id\":\"base\"", "\"policy_id\":\"bse\"")
                        .getBytes(StandardCharsets.UTF_8),
                Optional.of("2"),
                false);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.errors())
                                .extracting(BundleProblem::toString)
                                .containsExactly(
                                        "/mappings/0/policy_id: there is no rule set 'bse'; did you mean 'base'?"));
    }

    @Test
    void madeUpIdsDifferFromThoseThatAreThere() {
        var text = """
                {"id":"b","name":"B","version":"1_0","policies":[{"id":"p","name":"P","version":"1_0","rules":[
                   {"gate":"always","trigger":"always","action":"GO"},
                   {"id":"rule-1","gate":"always","trigger":"always","action":"WARN"},
                   {"id":"","gate":"always","trigger":"always","action":"STOP"}]}],
                 "mappings":[{"name":"m","registry":"*","repository":"a","image":{"type":"tag","value":"*"},"policy_ids":["p"]},
                             {"name":"m","registry":"*","repository":"b","image":{"type":"tag","value":"*"},"policy_ids":["p"]}]}
                """;
        var bundle = convert(text, "2", false).bundle();

        assertThat(bundle.objects("rule_sets").getFirst().objects("rules"))
                .extracting(rule -> rule.string("id").orElseThrow())
                .containsExactly("rule-1-2", "rule-1", "rule-3");
        assertThat(bundle.objects("mappings"))
                .extracting(mapping -> mapping.string("id").orElseThrow())
                .containsExactly("m", "m-2");
        assertThat(BundleReader.read("x.json", text(bundle).getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
    }
}
