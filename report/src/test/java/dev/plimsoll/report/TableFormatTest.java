package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict.Decision;
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
                .contains("libssl3  3.0.11-1~deb12u1  deb   0      var/lib/dpkg/status");
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
                        .lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @ParameterizedTest
    @CsvSource({"40", "60", "80", "100", "200"})
    void keepsListsWithinTheWidthAndIdsInOnePiece(int width) throws IOException {
        for (var result : List.of(Results.listed(), Results.counted())) {
            assertThat(text(result, new Presentation(width, false, false)).lines())
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

        assertThat(text(result, Presentation.PLAIN)).contains("STOP (2)").contains("(also in libssl3)");
        assertThat(text(result, new Presentation(120, false, true))).doesNotContain("also in");
    }

    @Test
    void shortensLongListsUnlessDetailIsAskedFor() throws IOException {
        var results = new ArrayList<dev.plimsoll.policy.RuleResult>();
        for (int i = 0; i < 30; i++) {
            results.add(Results.result(Action.STOP, "result " + i, Optional.empty()));
        }
        var result = Results.checked(Decision.FAIL, results);

        assertThat(text(result, Presentation.PLAIN))
                .contains("… and 10 more results")
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
