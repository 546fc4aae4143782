package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A fact that was not collected is unknown to a gate, never absent.
final class UnknownFactsTest {

    /// What needs no fact of the image but its distribution, its packages and the advisory data.
    private static final Set<String> NEEDS_PACKAGES_ONLY = Set.of(
            "always/always",
            "dockerfile/no_dockerfile_provided",
            "image_source_drift/package_downgraded",
            "image_source_drift/package_removed",
            "image_source_drift/no_related_sources",
            "kev/due_date_passed",
            "distro/deny",
            "eol/distribution",
            "eol/framework",
            "eol/runtime",
            "licenses/denylist_exact_match",
            "licenses/denylist_partial_match",
            "licenses/expression_allowlist",
            "licenses/expression_denylist",
            "licenses/unknown",
            "npms/denylisted_name_version",
            "npms/feed_data_unavailable",
            "npms/newer_version_in_feed",
            "npms/unknown_in_feeds",
            "npms/version_not_in_feeds",
            "packages/metadata",
            "ruby_gems/denylist",
            "ruby_gems/feed_data_unavailable",
            "ruby_gems/newer_version_found_in_feed",
            "ruby_gems/not_found_in_feed",
            "ruby_gems/version_not_found_in_feed",
            "sbom_quality/minimum_elements",
            "stig/no_stig_evaluations_available",
            "packages/denylist",
            "packages/required_package",
            "vulnerabilities/package",
            "vulnerabilities/denylist",
            "vulnerabilities/stale_feed_data",
            "vulnerabilities/vulnerability_data_unavailable",
            "vulnerabilities/kev_list",
            // Whether a scan was run is known: none was.
            "malware/scan_not_run",
            // The name is the user's.
            "image_config/tag_pattern",
            // What could not be read is known.
            "unknowns/unread");

    private static String reason(Verdict verdict) {
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.results()).isEmpty();
        assertThat(verdict.unjudged()).hasSize(1);
        return verdict.unjudged().getFirst().reason();
    }

    /// An alarm for a trigger that is added and that nobody asked this question.
    @Test
    void everyOtherTriggerCannotJudgeAnImageOfWhichNothingIsKnown() {
        var judged = new ArrayList<String>();
        for (Gate gate : Gates.all()) {
            for (Trigger trigger : gate.triggers()) {
                var name = gate.name() + "/" + trigger.name();
                if (NEEDS_PACKAGES_ONLY.contains(name)) {
                    continue;
                }
                var verdict = image().ofWhichNothingIsKnown()
                        .withoutFiles()
                        .judge(
                                gate.name(),
                                trigger.name(),
                                trigger.parameters().stream()
                                        .filter(parameter -> parameter.required()
                                                || parameter.name().equals("value"))
                                        .map(parameter -> parameter.name() + "=" + parameter.example())
                                        .toArray(String[]::new));
                assertThat(verdict.decision()).as(name).isEqualTo(Decision.UNKNOWN);
                judged.add(name);
            }
        }
        assertThat(judged).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @CsvSource({
        "size, <, 10",
        "size, >, 10",
        "size, exists, ''",
        "size, not_exists, ''",
        "layer_count, <, 10",
        "layer_count, =, 0",
        "layer_count, not_exists, ''",
        "architecture, !=, amd64",
        "architecture, not_exists, ''",
        "os_type, not_in, linux",
    })
    void noCheckOfWhatIsNotKnownFiresOrStaysQuiet(String attribute, String check, String value) {
        var verdict = image().toldByDocument()
                .judge("metadata", "attribute", "attribute=" + attribute, "check=" + check, "value=" + value);

        assertThat(reason(verdict))
                .isEqualTo("the image's " + attribute + " is not known: the document (SPDX 2.3 JSON) does not tell it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"distro", "distro_version", "like_distro"})
    void theDistributionThatADocumentDoesNotNameIsNotKnown(String attribute) {
        var rule = new String[] {"attribute=" + attribute, "check=not_exists"};

        assertThat(reason(image().toldByDocument().withoutDistribution().judge("metadata", "attribute", rule)))
                .contains("is not known");
        assertThat(image().withoutDistribution()
                        .judge("metadata", "attribute", rule)
                        .decision())
                .as("an image that was looked into names none")
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void theDistributionThatADocumentNamesIsJudged() {
        assertThat(image().toldByDocument()
                        .judge("metadata", "attribute", "attribute=distro", "check==", "value=debian")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void theSizeIsNotKnownWhereOneLayersIsNot() {
        assertThat(image().ofWhichNothingIsKnown()
                        .layer(10)
                        .judge("metadata", "attribute", "attribute=size", "check=<", "value=20")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instruction=USER", "instruction=RUN", "instruction=HEALTHCHECK", "instruction=FROM"})
    void noInstructionIsMissingWhereTheConfigurationIsNotKnown(String instruction) {
        assertThat(reason(image().toldByDocument().judge("dockerfile", "instruction", instruction, "check=not_exists")))
                .isEqualTo("the image's configuration and history are not known: the document (SPDX 2.3 JSON) does"
                        + " not hold them");
    }

    @Test
    void aDockerfileTellsWhatItTells() {
        var told = image().toldByDocument().dockerfile("FROM scratch\nUSER app\nEXPOSE 22\n");

        assertThat(told.judge("dockerfile", "instruction", "instruction=HEALTHCHECK", "check=not_exists")
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(told.judge("dockerfile", "effective_user", "users=app", "type=allowlist")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(told.judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(reason(told.judge("dockerfile", "exposed_ports", "ports=80", "type=denylist")))
                .as("the base image may expose it")
                .contains("configuration");
    }

    @Test
    void nobodyIsTakenForRootWhereNobodyIsNamed() {
        assertThat(reason(image().toldByDocument()
                        .dockerfile("FROM scratch\n")
                        .judge("dockerfile", "effective_user", "users=root", "type=denylist")))
                .startsWith("the Dockerfile names no user");
    }

    @Test
    void aPathThatNobodyKnowsIsNotLeftOut() {
        var told = image().covering("npm", PackageType.NPM, EcosystemCoverage.State.COVERED)
                .hit(Fixture.finding("CVE-1", Severity.HIGH).in(PackageType.NPM, "lodash", "4.17.15"));

        assertThat(reason(
                        told.judge("vulnerabilities", "package", "package_type=all", "package_path_exclude=/test/.*")))
                .isEqualTo(
                        "where lodash lies is not known, so nobody can say whether package_path_exclude leaves it out");
        assertThat(told.judge("vulnerabilities", "package", "package_type=all").decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void componentsThatNobodyCanLookUpMayBeAnything() {
        var rules = List.of(
                List.of("vulnerabilities", "package", "package_type=all"),
                List.of("vulnerabilities", "kev_list"),
                List.of("vulnerabilities", "denylist", "vulnerability_ids=CVE-1"),
                List.of("packages", "denylist", "name=x"),
                List.of("packages", "required_package", "name=x"));
        for (var rule : rules) {
            var parameters = rule.subList(2, rule.size()).toArray(String[]::new);
            assertThat(reason(image().toldByDocumentWith(2).judge(rule.get(0), rule.get(1), parameters)))
                    .isEqualTo("the document (SPDX 2.3 JSON) has 2 components that no package URL identifies");
        }
        assertThat(image().toldByDocument()
                        .judge("packages", "denylist", "name=x")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void packagesWhoseSourceNobodyKnowsAreNotClean() {
        var told = image().toldByDocument(PackageFact.SOURCE_PACKAGES)
                .covering("debian:12", PackageType.DEB, EcosystemCoverage.State.COVERED);

        assertThat(told.judge("vulnerabilities", "package", "package_type=all").decision())
                .as("no package of a distribution")
                .isEqualTo(Decision.PASS);
        told.installed(PackageType.DEB, "libssl3", "3.0.11-1");
        assertThat(reason(told.judge("vulnerabilities", "package", "package_type=all")))
                .contains("does not say which source packages its 1 packages");
        assertThat(told.judge("vulnerabilities", "package", "package_type=non-os")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void aRuleOfImagesByIdCannotBeAskedWithoutOne() {
        var byId = BundleText.of().rule("GO", "always", "always").mapped("m", "*", "*", "id", Fixture.IMAGE_ID);
        var verdict = image().toldByDocument().judge(byId);
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.finalAction()).isEqualTo(Action.STOP);
        assertThat(verdict.explanation())
                .isEqualTo("The bundle's image rule m names an image id or digest, and that of the image is not known");
        assertThat(image().judge(byId).decision()).isEqualTo(Decision.PASS);

        var elsewhere = BundleText.of()
                .rule("GO", "always", "always")
                .mapped("m", "elsewhere.example", "*", "id", Fixture.IMAGE_ID)
                .mapped("rest", "*", "*", "tag", "*");
        assertThat(image().toldByDocument().judge(elsewhere).decision()).isEqualTo(Decision.PASS);

        var denied = BundleText.of().rule("GO", "always", "always").denying("*", "*", "digest", Fixture.MANIFEST);
        assertThat(image().toldByDocument().judge(denied).decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(image().judge(denied).decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void aVerdictNamesTheDocumentThatItDependsOn() {
        assertThat(image().toldByDocument()
                        .judge(BundleText.of().rule("GO", "always", "always"))
                        .inputs())
                .extracting(input -> input.name() + " " + input.value())
                .contains("document sha256:" + "e".repeat(64))
                .noneMatch(input -> input.startsWith("image-id"));
    }
}
