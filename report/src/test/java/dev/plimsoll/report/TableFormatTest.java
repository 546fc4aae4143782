package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableFormatTest {

    @ParameterizedTest
    @CsvSource({"PASS,PASS", "FAIL,FAIL", "UNKNOWN,NO VERDICT", "DATA_MISSING,DATA MISSING"})
    void beginsWithTheVerdict(Decision decision, String word) throws IOException {
        assertThat(text(Results.checked(decision, List.of()), Presentation.PLAIN))
                .startsWith(word + "  registry.example/shop/web:1.4");
    }

    @Test
    void saysWhatToDoBeforeTheResults() throws IOException {
        var finding = Results.finding(
                "CVE-2021-23337", Results.lodash("app/node_modules/lodash/package.json"), Severity.HIGH, "4.17.21");
        var text = text(Results.checked(Decision.FAIL, List.of(Results.stop(finding))), Presentation.PLAIN);

        assertThat(text)
                .contains(
                        "Upgrade lodash 4.17.15 to 4.17.21 (app/node_modules/lodash/package.json)  (clears 1 of 1 stop:")
                .contains("STOP (1)")
                .contains("NOT JUDGED (1)")
                .contains("problem  EndOfLife: gate x is gone");
        assertThat(text.indexOf("WHAT TO DO")).isLessThan(text.indexOf("STOP (1)"));
    }

    @Test
    void saysWhoWaivedWhatAndUntilWhen() throws IOException {
        var finding = Results.finding(
                "CVE-2021-23337", Results.lodash("app/node_modules/lodash/package.json"), Severity.HIGH, "4.17.21");
        var message = Results.stop(finding).message();

        assertThat(text(
                        Results.checked(Decision.PASS, List.of(Results.waived(finding, "suppress", Action.GO))),
                        Presentation.PLAIN))
                .contains(
                        "WAIVED (1)\n",
                        "  curl-no-socks: not-affected (vulnerable_code_not_in_execute_path), until 2026-12-31,"
                                + " shop@example.org, SEC-1. No proxy",
                        "      " + message);
        assertThat(text(
                        Results.checked(Decision.PASS, List.of(Results.waived(finding, "downgrade", Action.WARN))),
                        Presentation.PLAIN))
                .contains("WARN (1)", "WAIVED (1)", message + " (STOP before)");
        assertThat(text(Results.checked(Decision.FAIL, List.of(Results.stop(finding))), Presentation.PLAIN))
                .doesNotContain("WAIVED");
    }

    @Test
    void listsFindingsWithoutAPolicy() throws IOException {
        assertThat(text(Results.listed(), Presentation.PLAIN))
                .contains("HIGH      CVE-2021-23337  lodash   4.17.15           4.17.21")
                .contains("no fix yet")
                .contains("2 findings: 1 high, 1 medium")
                .contains("no data       for npm (1 package)")
                .contains("not covered   hex (1 package)")
                .contains("1 finding: belongs to a package of the distribution, which the data judges");
    }

    @Test
    void listsPackagesWithoutMatches() throws IOException {
        assertThat(text(Results.counted(), Presentation.PLAIN))
                .contains("libssl3  3.0.11-1~deb12u1  deb   1      var/lib/dpkg/status");
    }

    @Test
    void writesNoEscapeSequenceOfAnImage() throws IOException {
        assertThat(text(Results.counted(), Presentation.PLAIN))
                .contains("/app/broken.jar: a broken archive: \ufffd[31mred")
                .doesNotContain("\u001b");
    }

    @Test
    void usesColourOnlyWhereAsked() throws IOException {
        var result = Results.checked(Decision.FAIL, List.of());

        assertThat(text(result, new Presentation(80, true, false))).startsWith("\u001b[1;31mFAIL\u001b[0m");
        assertThat(text(result, new Presentation(80, false, false))).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({"40", "60", "80", "100", "200"})
    void staysWithinTheWidth(int width) throws IOException {
        var finding = Results.finding(
                "CVE-2021-23337", Results.lodash("a/long/path/".repeat(12) + "package.json"), Severity.HIGH, "4.17.21");
        var results = List.of(
                Results.stop(finding),
                Results.result(Action.WARN, "words ".repeat(60).strip(), Optional.empty()));

        assertThat(text(Results.checked(Decision.FAIL, results), new Presentation(width, false, false))
                        .lines()
                        .filter(line -> !line.startsWith("  sha256:")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @ParameterizedTest
    @CsvSource({"40", "60", "80", "100", "200"})
    void keepsListsWithinTheWidthAndIdsInOnePiece(int width) throws IOException {
        for (var result : List.of(Results.listed(), Results.counted())) {
            assertThat(text(result, new Presentation(width, false, false))
                            .lines()
                            .filter(line -> !line.startsWith("  sha256:")))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        }
        assertThat(text(Results.listed(), new Presentation(width, false, false)))
                .contains("CVE-2021-23337");
    }

    @Test
    void putsTheWorstFirstBehindWhatIsNoFinding() throws IOException {
        var lodash = Results.lodash("p");
        var results = List.of(
                Results.stop(Results.finding("CVE-2019-0001", lodash, Severity.LOW)),
                Results.stop(Results.finding("CVE-2021-0002", lodash, Severity.CRITICAL)),
                Results.stop(Results.finding("CVE-2020-0003", lodash, Severity.UNKNOWN)),
                Results.result(Action.STOP, "a port is open", Optional.empty()));

        for (var presentation : List.of(Presentation.PLAIN, new Presentation(120, false, true))) {
            var text = text(Results.checked(Decision.FAIL, results), presentation);
            assertThat(text.substring(text.indexOf("STOP (4)")))
                    .containsSubsequence("a port is open", "CVE-2021-0002", "CVE-2019-0001", "CVE-2020-0003");
        }
    }

    @Test
    void namesBinariesOfOneSourcePackageInOneLineUnlessDetailIsAskedFor() throws IOException {
        var first =
                Results.stop(Results.finding("CVE-2023-5363", Results.openssl(), Severity.HIGH, "3.0.11-1~deb12u2"));
        var result = Results.checked(Decision.FAIL, List.of(first, first));

        assertThat(text(result, Presentation.PLAIN))
                .contains("STOP (2 in 1 row)")
                .contains("(also in libssl3)");
        assertThat(text(result, new Presentation(120, false, true))).doesNotContain("also in");
    }

    @Test
    void countsOneMoreStepInTheSingular() throws IOException {
        var results = new ArrayList<RuleResult>();
        for (int i = 0; i < 9; i++) {
            results.add(Results.result(Action.STOP, "result " + i, Optional.empty()));
        }

        assertThat(text(Results.checked(Decision.FAIL, results), Presentation.PLAIN))
                .contains("… and 1 more step (");
    }

    @ParameterizedTest
    @CsvSource({"40", "60", "80", "120"})
    void keepsTheDigestOfTheImageInOneLine(int width) throws IOException {
        assertThat(text(Results.listed(), new Presentation(width, false, false)).lines())
                .contains("  sha256:" + "0".repeat(64));
    }

    /// The last column goes where wrapping is not enough; what it said stays in one piece where it is there.
    @Test
    void keepsTheHeaderAndGivesUpTheLastColumnFirst() throws IOException {
        var wide = text(Results.listed(), new Presentation(80, false, false));
        assertThat(wide.lines())
                .anyMatch(line -> line.matches("  SEVERITY +VULNERABILITY +PACKAGE +INSTALLED +FIXED IN +EXPLOITED"));

        var narrow = text(Results.listed(), new Presentation(60, false, false));
        assertThat(narrow.lines())
                .anyMatch(line -> line.matches("  SEVERITY +VULNERABILITY +PACKAGE +INSTALLED +FIXED IN"));
        assertThat(narrow).contains("3.0.11-1~ ").doesNotContain("EXPLOITED");

        assertThat(text(Results.listed(), new Presentation(40, false, false)))
                .contains(
                        "  SEVERITY  VULNERABILITY · PACKAGE ·\n            INSTALLED · FIXED IN ·\n            EXPLOITED\n");
    }

    @ParameterizedTest
    @CsvSource({"60", "70", "80", "90", "200"})
    void neverBreaksAProbabilityFromItsSign(int width) throws IOException {
        assertThat(text(
                        Results.listed(List.of(Results.likely("CVE-2023-5363", Results.openssl(), "0.008"))),
                        new Presentation(width, false, false)))
                .satisfiesAnyOf(
                        text -> assertThat(text).contains("0.8\u00a0%"),
                        text -> assertThat(text).doesNotContain("EXPLOITED"));
    }

    @Test
    void joinsBinariesOfOneSourcePackageInAListOfFindings() throws IOException {
        var findings = List.of(
                Results.finding("CVE-2023-5363", Results.binaryOfOpenssl("libssl3"), Severity.HIGH, "3.0.11-1~deb12u2"),
                Results.finding("CVE-2023-5363", Results.binaryOfOpenssl("openssl"), Severity.HIGH, "3.0.11-1~deb12u2"),
                Results.finding(
                        "CVE-2024-0001", Results.binaryOfOpenssl("openssl"), Severity.HIGH, "3.0.11-1~deb12u2"));

        assertThat(text(Results.listed(findings), new Presentation(120, false, false)))
                .containsOnlyOnce("CVE-2023-5363")
                .contains("libssl3, openssl  ")
                .contains("3 findings in 2 rows: 3 high");
        assertThat(text(Results.listed(findings), new Presentation(120, false, true)))
                .doesNotContain("libssl3, openssl");
    }

    @Test
    void doesNotCallCleanWhatNothingWasComparedOf() throws IOException {
        assertThat(text(
                        Results.listedOf(new EcosystemCoverage(
                                "rhel:9", PackageType.RPM, EcosystemCoverage.State.DATA_MISSING, 5, 0)),
                        Presentation.PLAIN))
                .contains("Nothing could be compared: no data for rhel:9.")
                .doesNotContain("No known");
        assertThat(text(
                        Results.listedOf(
                                new EcosystemCoverage(
                                        "rhel:9", PackageType.RPM, EcosystemCoverage.State.DATA_MISSING, 5, 0),
                                new EcosystemCoverage("npm", PackageType.NPM, EcosystemCoverage.State.COVERED, 1, 9)),
                        Presentation.PLAIN))
                .contains("No known vulnerabilities in what the data covers.");
        assertThat(text(Results.listedOf(), Presentation.PLAIN))
                .contains("Nothing could be compared: no packages were found.");
    }

    @Test
    void countsWhatCouldNotBeReadAndGivesAFileOneRow() throws IOException {
        var unknowns = List.of(
                new Unknown("app/a.jar", 1, "entry 1", "an archive in an archive"),
                new Unknown("app/a.jar", 1, "entry 2", "an archive in an archive"),
                new Unknown("app/a.jar", 1, "entry 3", "an archive in an archive"),
                new Unknown("app/b.jar", 1, "", "broken"));

        assertThat(text(Results.countedWith(unknowns), Presentation.PLAIN))
                .contains("2 layers, 4 unknown\n")
                .contains("UNKNOWN (4 in 2 rows)")
                .contains("  /app/a.jar, entry 1 and 2 more places: an archive in an archive\n  /app/b.jar: broken\n");
        assertThat(text(Results.countedWith(unknowns), new Presentation(120, false, true)))
                .contains("UNKNOWN (4)")
                .contains("entry 3");
        assertThat(text(Results.countedWith(List.of()), Presentation.PLAIN)).doesNotContain("nknown");
    }

    @Test
    void saysWhatToldOfTheImageAndWhatIsNotKnown() throws IOException {
        assertThat(text(Results.ofDocument(), Presentation.PLAIN))
                .contains("  image   platform not known, no distribution named, sbom\n")
                .contains("  told by list of package URLs of some-tool 1\n")
                .contains("  found   1 package, layers not known, 1 unknown\n")
                .contains("  line 3: 'x' is no package URL\n")
                .doesNotContain("sha256", "0 layers", "Optional");
    }

    @Test
    void shortensLongListsUnlessDetailIsAskedFor() throws IOException {
        var results = new ArrayList<RuleResult>();
        for (int i = 0; i < 30; i++) {
            results.add(Results.result(Action.STOP, "result " + i, Optional.empty()));
        }
        var result = Results.checked(Decision.FAIL, results);

        assertThat(text(result, Presentation.PLAIN))
                .contains("… and 10 more results")
                .contains("… and 22 more steps")
                .doesNotContain("  result 25");
        assertThat(text(result, new Presentation(100, false, true)))
                .contains("  result 25")
                .doesNotContain("more results");
    }

    private static String text(Result result, Presentation presentation) throws IOException {
        var out = new ByteArrayOutputStream();
        new TableFormat().write(result, presentation, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
