package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VulnerabilitiesGateTest {

    private static List<String> frozen(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::frozenMessage).toList();
    }

    /// Judges by `package` for all packages.
    private static Verdict byPackage(Fixture image, String... parameters) {
        var all = new ArrayList<>(List.of("package_type=all"));
        all.addAll(Arrays.asList(parameters));
        return image.judge("vulnerabilities", "package", all.toArray(String[]::new));
    }

    private static Fixture oneOfEach() {
        var image = image();
        for (var severity : Severity.values()) {
            if (severity != Severity.UNKNOWN) {
                image.hit(finding("CVE-2020-" + severity.ordinal(), severity));
            }
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 12345",
        "'', high, 5",
        "=, high, 4",
        "!=, high, 1235",
        "<, high, 123",
        "<=, high, 1234",
        ">, high, 5",
        ">=, high, 45",
        ">, unknown, 12345",
        "=, unknown, ''",
        "<, negligible, ''",
        ">=, '', 12345",
    })
    void comparesSeverities(String comparison, String severity, String fired) {
        var parameters = new ArrayList<String>();
        if (!comparison.isEmpty()) {
            parameters.add("severity_comparison=" + comparison);
        }
        if (!severity.isEmpty()) {
            parameters.add("severity=" + severity);
        }

        var ids = byPackage(oneOfEach(), parameters.toArray(String[]::new)).results().stream()
                .map(result -> result.triggerId().substring(9, 10))
                .sorted()
                .reduce("", String::concat);
        assertThat(ids).isEqualTo(fired);
    }

    @Test
    void printsAnchoresMessageAndIds() {
        var verdict = byPackage(image().hit(finding("CVE-2019-5435", Severity.MEDIUM)
                .alias("GHSA-aaaa-bbbb-cccc")
                .in(PackageType.APK, "curl", "7.64.1-r1", "lib/apk/db/installed")));

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.frozenMessage())
                    .isEqualTo("MEDIUM Vulnerability found in os package type (APKG) - curl (CVE-2019-5435 -"
                            + " https://example.org/CVE-2019-5435)");
            assertThat(result.triggerId()).isEqualTo("CVE-2019-5435+curl");
            assertThat(result.otherIds()).containsExactly("GHSA-aaaa-bbbb-cccc+curl");
            assertThat(result.stableId()).isEqualTo("vulnerabilities:package:CVE-2019-5435+apk/curl");
            assertThat(result.finding()).isPresent();
            assertThat(result.message()).isEqualTo("CVE-2019-5435 (medium) in curl 7.64.1-r1: no fix known");
        });
    }

    @Test
    void printsFixesAndTheScoresThatTheRuleAsksFor() {
        var verdict = byPackage(
                image().hit(finding("CVE-1", Severity.HIGH)
                        .in(
                                PackageType.MAVEN,
                                "g:a",
                                "1",
                                "app/a.jar!/BOOT-INF/lib/b.jar!/META-INF/maven/g/a/pom.properties")
                        .fixedIn("2", "3")
                        .scored("nvd", "9.8", "3.9", "5.9")
                        .scored("ghsa", "7.5", "1.0", "2.0")
                        .probable("0.5", "0.9")),
                "cvss_v3_base_score=9",
                "cvss_v3_impact_score=1",
                "vendor_cvss_v3_base_score=7.5",
                "epss_score=0.1");

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.frozenMessage())
                    .isEqualTo("HIGH Vulnerability found in non-os package type (java) -"
                            + " /app/a.jar!/BOOT-INF/lib/b.jar!/META-INF/maven/g/a/pom.properties (fixed in: 2, 3)"
                            + "(cvss_v3_base_score=9.8 cvss_v3_impact_score=5.9)(vendor_cvss_v3_base_score=7.5)"
                            + "(epss_score=0.5)(CVE-1 - https://example.org/CVE-1)");
            assertThat(result.triggerId()).isEqualTo("CVE-1+b.jar");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "NPM, app/node_modules/lodash/package.json, CVE-1+lodash",
        "MAVEN, app/lib/log4j-core-2.14.1.jar, CVE-1+log4j-core-2.14.1.jar",
        "GEM, usr/specifications/rack-2.2.3.gemspec, CVE-1+rack-2.2.3.gemspec",
        "PYPI, usr/lib/python3/METADATA, CVE-1+name-1.0",
        "GOLANG, app/server, CVE-1+name-1.0",
        "NPM, '', CVE-1+name-1.0",
        "DEB, var/lib/dpkg/status, CVE-1+name",
    })
    void namesThePackageAsAnchoreDoes(PackageType type, String path, String id) {
        var paths = path.isEmpty() ? new String[0] : new String[] {path};
        var verdict = byPackage(image().hit(finding("CVE-1", Severity.HIGH).in(type, "name", "1.0", paths)));

        assertThat(verdict.results()).extracting(RuleResult::triggerId).containsExactly(id);
    }

    @Test
    void tellsPackagesOfTheDistributionFromOthers() {
        var image = image().hit(finding("CVE-1", Severity.HIGH))
                .hit(finding("CVE-2", Severity.HIGH).in(PackageType.NPM, "x", "1", "a/x/package.json"));

        assertThat(image.judge("vulnerabilities", "package", "package_type=os").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("CVE-1+curl");
        assertThat(image.judge("vulnerabilities", "package", "package_type=non-os")
                        .results())
                .extracting(RuleResult::triggerId)
                .containsExactly("CVE-2+x");
    }

    @ParameterizedTest
    @CsvSource({
        "fix_available=true, 1",
        "fix_available=false, 23",
        "vendor_only=true, 12",
        "vendor_only=false, 123",
        "known_exploited_vulnerability=true, 2",
        "known_exploited_vulnerability=false, 13",
    })
    void filtersByFixVendorAndExploitation(String parameter, String fired) {
        var image = image().hit(finding("CVE-1", Severity.HIGH).fixedIn("2"))
                .hit(finding("CVE-2", Severity.HIGH).exploited())
                .hit(finding("CVE-3", Severity.HIGH).notToBeFixed());
        var parameters = parameter.startsWith("vendor_only")
                ? new String[] {parameter}
                : new String[] {parameter, "vendor_only=false"};

        assertThat(byPackage(image, parameters).results().stream()
                        .map(result -> result.triggerId().substring(4, 5))
                        .sorted()
                        .reduce("", String::concat))
                .isEqualTo(fired);
    }

    @ParameterizedTest
    @CsvSource({
        "cvss_v3_base_score, 9.8, 9.8",
        "cvss_v3_exploitability_score, 3.9, 3.9",
        "cvss_v3_impact_score, 5.9, 5.9",
        "vendor_cvss_v3_base_score, 7.5, 7.5",
        "vendor_cvss_v3_exploitability_score, 1.0, 1.0",
        "vendor_cvss_v3_impact_score, 2.0, 2.0",
        "epss_score, 0.5, 0.5",
        "epss_percentile, 0.9, 0.9",
    })
    void comparesScores(String parameter, String value, String same) {
        var scored = finding("CVE-1", Severity.HIGH)
                .scored("nvd", "9.8", "3.9", "5.9")
                .scored("ghsa", "7.5", "1.0", "2.0")
                .probable("0.5", "0.9");

        for (var row : List.of("|1", "=|1", "!=|0", "<|0", ">|0", "<=|1", ">=|1")) {
            var comparison = row.substring(0, row.indexOf('|'));
            var parameters = comparison.isEmpty()
                    ? new String[] {parameter + "=" + value}
                    : new String[] {parameter + "=" + same, parameter + "_comparison=" + comparison};
            assertThat(byPackage(image().hit(scored), parameters).results().size())
                    .as(comparison)
                    .isEqualTo(Integer.parseInt(row.substring(row.indexOf('|') + 1)));
        }
        assertThat(byPackage(image().hit(finding("CVE-2", Severity.HIGH)), parameter + "=0")
                        .results())
                .isEmpty();
        assertThat(byPackage(
                                image().hit(finding("CVE-2", Severity.HIGH)),
                                parameter + "=0",
                                parameter + "_comparison=<")
                        .results())
                .as("a missing score counts as -1")
                .hasSize(1);
    }

    @Test
    void takesAnothersScoreWhereNvdHasNone() {
        var image = image().hit(finding("CVE-1", Severity.HIGH).scored("ghsa", "7.5", "1.0", "2.0"));

        assertThat(byPackage(image, "cvss_v3_base_score=7").results()).hasSize(1);
    }

    @Test
    void passesOverExcludedPathsOfLanguagesOnly() {
        var image = image().hit(finding("CVE-1", Severity.HIGH).in(PackageType.DEB, "x", "1", "test/status"))
                .hit(finding("CVE-2", Severity.HIGH).in(PackageType.NPM, "x", "1", "test/x/package.json"));

        assertThat(byPackage(image, "package_path_exclude=/test/.*").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("CVE-1+x");
        assertThat(byPackage(image, "package_path_exclude=est/.*").results()).hasSize(2);
        var twice = image().hit(finding("CVE-2", Severity.HIGH)
                .in(PackageType.NPM, "x", "1", "test/x/package.json", "usr/lib/x/package.json"));
        assertThat(byPackage(twice, "package_path_exclude=/test/.*").results())
                .as("it lies elsewhere too")
                .hasSize(1);
        assertThat(byPackage(twice, "package_path_exclude=/(test|usr)/.*").results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max_days_since_creation=1, UNKNOWN",
        "max_days_since_creation=0, FAIL",
        "inherited_from_base=false, UNKNOWN",
        "max_days_since_fix=1, FAIL",
    })
    void cannotJudgeWhatNeedsAHistoryOrABase(String parameter, Decision decision) {
        var image = image().hit(finding("CVE-1", Severity.HIGH).fixedIn("2"));

        assertThat(byPackage(image, parameter).decision()).isEqualTo(decision);
        assertThat(byPackage(image, parameter, "severity=critical").decision())
                .as("nothing else passes the rule, so the answer is known")
                .isEqualTo(Decision.PASS);
    }

    @Test
    void cannotJudgeTheAgeOfAFix() {
        var image = image().hit(finding("CVE-1", Severity.HIGH).fixedIn("2"));

        var verdict = byPackage(image, "max_days_since_fix=30", "fix_available=true");

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged().getFirst().reason()).contains("max_days_since_fix");
        assertThat(byPackage(image, "max_days_since_fix=0", "fix_available=true")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void listsWhatHasNoSeverityWithTheActionThatWasChosen(Action action) {
        var image = image().with(new EvaluationOptions(false, action, false))
                .hit(finding("CVE-1", Severity.UNKNOWN))
                .hit(finding("CVE-2", Severity.UNKNOWN))
                .hit(finding("CVE-3", Severity.UNKNOWN).notToBeFixed());

        var verdict = byPackage(image, "severity=high", "severity_comparison=>=");

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.action()).isEqualTo(action);
            assertThat(result.triggerId()).isEqualTo("unknown-severity");
            assertThat(result.message())
                    .isEqualTo("2 vulnerabilities of unknown severity cannot be compared with '>= high': CVE-1, CVE-2");
        });
        assertThat(verdict.decision()).isEqualTo(action == Action.STOP ? Decision.FAIL : Decision.PASS);
    }

    @Test
    void namesOnlyTheFirstOfManyWithoutSeverity() {
        var image = image();
        IntStream.range(100, 125).forEach(i -> image.hit(finding("CVE-" + i, Severity.UNKNOWN)));

        assertThat(byPackage(image, "severity=low").results().getFirst().message())
                .startsWith("25 vulnerabilities")
                .endsWith("CVE-119 and 5 more");
    }

    @Test
    void comparesWithUnknownWhereTheRuleNamesIt() {
        var image = image().hit(finding("CVE-1", Severity.UNKNOWN));

        assertThat(byPackage(image, "severity=unknown", "severity_comparison==").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("CVE-1+curl");
        assertThat(byPackage(image, "severity=unknown", "severity_comparison=>").results())
                .isEmpty();
        assertThat(byPackage(image).results()).extracting(RuleResult::triggerId).containsExactly("unknown-severity");
    }

    @Test
    void findsDeniedIdsByAnyAlias() {
        var image = image().hit(finding("CVE-1", Severity.HIGH).alias("GHSA-aaaa-bbbb-cccc"))
                .hit(finding("CVE-2", Severity.HIGH).notToBeFixed());

        assertThat(frozen(image.judge(
                        "vulnerabilities", "blacklist", "vulnerability_ids=ghsa-AAAA-bbbb-cccc, CVE-2 , CVE-9")))
                .containsExactly("Blacklisted vulnerabilities detected: ['ghsa-AAAA-bbbb-cccc']");
        var both = image.judge("vulnerabilities", "denylist", "vulnerability_ids=CVE-1,CVE-2", "vendor_only=false");
        assertThat(frozen(both)).containsExactly("Blacklisted vulnerabilities detected: ['CVE-1', 'CVE-2']");
        assertThat(both.results().getFirst().triggerId())
                .isEqualTo(OtherGatesTest.md5(
                        "vulnerabilitiesblacklistBlacklisted vulnerabilities detected: ['CVE-1', 'CVE-2']"));
        assertThat(image.judge("vulnerabilities", "denylist", "vulnerability_ids=CVE-9")
                        .results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-05-30T00:00:00Z, false", "2026-05-29T23:59:59Z, true", "2026-06-02T00:00:00Z, false"})
    void firesForDataOverAnAge(String built, boolean fires) {
        var verdict = image().builtAt(built).judge("vulnerabilities", "stale_feed_data", "max_days_since_sync=2");

        assertThat(frozen(verdict))
                .isEqualTo(
                        fires
                                ? List.of("The vulnerability feed for this image distro is older than MAXAGE (2) days")
                                : List.of());
    }

    @Test
    void saysWhenTheDataWillBeOverItsAge() {
        var change = image().builtAt("2026-05-30T12:00:00Z")
                .judge("vulnerabilities", "stale_feed_data", "max_days_since_sync=2")
                .change();

        assertThat(change)
                .contains(
                        new NextChange(Instant.parse("2026-06-01T12:00:01Z"), "the advisory data is over 2 days old"));
        assertThat(image().builtAt("2026-05-30T12:00:00Z")
                        .at("2026-06-01T12:00:01Z")
                        .judge("vulnerabilities", "stale_feed_data", "max_days_since_sync=2")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void firesForDataOfUnknownAge() {
        assertThat(image().withUnknownAge()
                        .judge("vulnerabilities", "stale_feed_data", "max_days_since_sync=2")
                        .results())
                .singleElement()
                .satisfies(result -> assertThat(result.message())
                        .isEqualTo("Nobody knows how old the advisory data is; the rule allows 2 days"));
    }

    @Test
    void firesForADistributionThatNobodyCovers() {
        assertThat(frozen(image().covering("debian:12", PackageType.DEB, State.DATA_MISSING)
                        .judge("vulnerabilities", "vulnerability_data_unavailable")))
                .containsExactly(
                        "Distro-specific feed data not found for distro namespace: debian:12. Cannot perform CVE scan"
                                + " OS/distro packages");
        assertThat(image().covering("debian:12", PackageType.DEB, State.COVERED)
                        .covering("npm", PackageType.NPM, State.DATA_MISSING)
                        .judge("vulnerabilities", "vulnerability_data_unavailable")
                        .results())
                .isEmpty();
    }

    @Test
    void firesForKnownExploitedOnes() {
        var image = image().hit(finding("CVE-1", Severity.UNKNOWN).exploited()).hit(finding("CVE-2", Severity.HIGH));

        assertThat(image.judge("vulnerabilities", "kev_list").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.triggerId()).isEqualTo("CVE-1+curl");
                    assertThat(result.message())
                            .isEqualTo("CVE-1 in curl 7.88.1-10 is known to be exploited since 2026-01-02");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "os, NPM, PASS",
        "non-os, NPM, DATA_MISSING",
        "all, NPM, DATA_MISSING",
        "os, DEB, DATA_MISSING",
        "non-os, DEB, PASS",
    })
    void needsDataOnlyForThePackagesItIsAskedAbout(String scope, PackageType type, Decision decision) {
        assertThat(image().covering("x", type, State.DATA_MISSING)
                        .judge("vulnerabilities", "package", "package_type=" + scope)
                        .decision())
                .isEqualTo(decision);
        assertThat(image().covering("x", type, State.NOT_COVERED)
                        .judge("vulnerabilities", "package", "package_type=" + scope)
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void aGapOfADistributionThatNobodyNamedSaysWhatToDo() {
        var nameless = image().withoutDistribution().covering("deb", PackageType.DEB, State.DATA_MISSING);
        var named = image().covering("debian:12", PackageType.DEB, State.DATA_MISSING);

        assertThat(nameless.judge("vulnerabilities", "kev_list").unjudged())
                .extracting(unjudged -> unjudged.reason())
                .containsExactly("the image names no distribution, so there is no advisory data for its deb packages:"
                        + " give --distro");
        assertThat(named.judge("vulnerabilities", "kev_list").unjudged())
                .extracting(unjudged -> unjudged.reason())
                .containsExactly("there is no advisory data for debian:12");
    }

    @Test
    void otherTriggersNeedDataToo() {
        var image = image().covering("npm", PackageType.NPM, State.DATA_MISSING);

        assertThat(image.judge("vulnerabilities", "kev_list").decision()).isEqualTo(Decision.DATA_MISSING);
        assertThat(image.judge("vulnerabilities", "denylist", "vulnerability_ids=CVE-1")
                        .decision())
                .isEqualTo(Decision.DATA_MISSING);
        assertThat(image.judge("always", "always").decision()).isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"all, UNKNOWN", "os, UNKNOWN", "non-os, PASS"})
    void packagesOfADatabaseThatCouldNotBeReadCannotBeJudged(String scope, Decision decision) {
        var verdict = image().unread("var/lib/rpm/Packages", "", "it is not read")
                .judge("vulnerabilities", "package", "package_type=" + scope);

        assertThat(verdict.decision()).isEqualTo(decision);
    }
}
