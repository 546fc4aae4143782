package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.bundle.BundleReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Time to mend vulnerabilities. Now is 2026-06-01T00:00:00Z.
class GraceTest {

    private static String bundle(String grace) {
        return """
                {"id": "b", "name": "B", "version": "2", "plimsoll": {"grace": [%s]},
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "r", "gate": "vulnerabilities", "trigger": "package", "action": "STOP",
                     "params": [{"name": "package_type", "value": "all"}]}]}],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": []}]}
                """.formatted(grace);
    }

    private static Verdict judge(Fixture image, String grace) {
        return image.judge(Fixture.read(bundle(grace)));
    }

    private static Background previous(String firstSeen, Optional<Instant> fixSeen) {
        var curl = new FormerPackage("pkg:deb/debian/curl@7.88.1-10", "deb", "curl", "7.88.1-10");
        var former = new FormerResult(
                "1.3",
                new FormerImage("image", Optional.empty(), Optional.empty(), Optional.empty()),
                Instant.parse("2026-05-31T00:00:00Z"),
                Optional.of(List.of(curl)),
                Optional.of(List.of(new FormerFinding(
                        "CVE-1-1", List.of("CVE-1-1"), curl, "high", List.of(), Instant.parse(firstSeen), fixSeen))),
                List.of(),
                Optional.empty());
        return Background.none().withPrevious(former, new InputFile("previous", "sha256:0"));
    }

    @ParameterizedTest
    @CsvSource({
        // first seen, days, counts as, due
        "2026-05-10T00:00:00Z, 30, WARN, 2026-06-09T00:00:00Z",
        "2026-05-02T00:00:00Z, 30, STOP, 2026-06-01T00:00:00Z",
        "2026-05-02T00:00:01Z, 30, WARN, 2026-06-01T00:00:01Z",
    })
    void timeRunsFromWhenARunFirstSawIt(String firstSeen, int days, Action counts, String due) {
        var verdict = judge(
                image().hit(finding("CVE-1-1", Severity.HIGH)).with(previous(firstSeen, Optional.empty())),
                "{\"days\": %d, \"from\": \"first_seen\"}".formatted(days));

        var result = verdict.results().getFirst();
        assertThat(result.action()).isEqualTo(counts);
        assertThat(result.demanded()).isEqualTo(Action.STOP);
        assertThat(due(result)).isEqualTo(Optional.of(Instant.parse(due)));
        assertThat(verdict.change().map(NextChange::at))
                .isEqualTo(counts == Action.WARN ? Optional.of(Instant.parse(due)) : Optional.empty());
    }

    private static Optional<Instant> due(RuleResult result) {
        return result.treatments().stream()
                .flatMap(treatment -> switch (treatment) {
                    case Treatment.InGrace inTime -> inTime.due().stream();
                    case Treatment.Overdue overdue -> Optional.of(overdue.due()).stream();
                    case Treatment.Allowlisted _, Treatment.KnownBefore _, Treatment.Waived _ ->
                        Optional.<Instant>empty().stream();
                })
                .findFirst();
    }

    /// Else every first run would give the whole time anew.
    @ParameterizedTest
    @CsvSource({"2026-05-25T00:00:00Z, WARN", "2026-01-01T00:00:00Z, STOP", "'', STOP"})
    void withoutAFormerRunTimeRunsFromThePublication(String published, Action counts) {
        var vulnerability = finding("CVE-1-1", Severity.HIGH);
        if (!published.isEmpty()) {
            vulnerability.published(published);
        }

        assertThat(judge(image().hit(vulnerability), "{\"days\": 30, \"from\": \"first_seen\"}")
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(counts);
    }

    @Test
    void beforeThereIsAFixTimeDoesNotRun() {
        var result = judge(
                        image().hit(finding("CVE-1-1", Severity.HIGH).published("2020-01-01T00:00:00Z")),
                        "{\"days\": 30, \"from\": \"fix\"}")
                .results()
                .getFirst();

        assertThat(result.action()).isEqualTo(Action.WARN);
        assertThat(result.treatments()).containsExactly(new Treatment.InGrace(Optional.empty(), "fix", Action.STOP));
    }

    @Test
    void timeRunsFromWhenARunFirstSawAFix() {
        var fixed = finding("CVE-1-1", Severity.HIGH).fixedIn("8");

        assertThat(judge(
                                image().hit(fixed)
                                        .with(previous(
                                                "2020-01-01T00:00:00Z",
                                                Optional.of(Instant.parse("2026-05-20T00:00:00Z")))),
                                "{\"days\": 30, \"from\": \"fix\"}")
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(Action.WARN);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-31, kev_due, 0, STOP",
        "2026-06-01, kev_due, 0, WARN",
        "2026-05-31, kev_due, 5, WARN",
        "2026-05-31, kev_added, 400, WARN",
        "2026-05-31, kev_added, 14, STOP",
    })
    void timeRunsFromWhatTheCatalogueSays(String due, String from, int days, Action counts) {
        assertThat(judge(
                                image().hit(finding("CVE-1-1", Severity.HIGH).exploitedAndDue(due)),
                                "{\"days\": %d, \"from\": \"%s\"}".formatted(days, from))
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRITICAL | \"severity_at_least\": \"high\" | WARN",
                "HIGH     | \"severity_at_least\": \"high\" | WARN",
                "MEDIUM   | \"severity_at_least\": \"high\" | STOP",
                "HIGH     | \"known_exploited\": false      | WARN",
                "HIGH     | \"known_exploited\": true       | STOP",
                "HIGH     | \"fix_available\": \"false\"    | WARN",
                "HIGH     | \"fix_available\": true         | STOP",
            })
    void aTermIsForWhatItsConditionsName(Severity severity, String condition, Action counts) {
        assertThat(judge(
                                image().hit(finding("CVE-1-1", severity).published("2026-05-31T00:00:00Z")),
                                "{%s, \"days\": 30, \"from\": \"published\"}".formatted(condition))
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(counts);
    }

    @Test
    void theFirstTermThatIsForAFindingCounts() {
        assertThat(judge(
                                image().hit(finding("CVE-1-1", Severity.HIGH).published("2026-05-20T00:00:00Z")),
                                "{\"severity_at_least\": \"high\", \"days\": 7, \"from\": \"published\"},"
                                        + "{\"days\": 90, \"from\": \"published\"}")
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(Action.STOP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\": \"published\"}                    | /plimsoll/grace/0 | is missing",
                "{\"days\": 30}                               | /plimsoll/grace/0 | is missing",
                "{\"days\": -3, \"from\": \"published\"}      | /plimsoll/grace/0/days | whole number",
                "{\"days\": 3, \"from\": \"publishd\"}        | /plimsoll/grace/0/from | published",
                "{\"days\": 3, \"from\": \"fix\", \"severity_at_least\": \"hi\"} | severity_at_least | high",
                "{\"days\": 3, \"from\": \"fix\", \"known_exploited\": 3} | known_exploited | true or false",
            })
    void mistakesAreNamedWithTheirPlace(String term, String place, String words) {
        assertThat(BundleReader.read("b.json", bundle(term).getBytes(StandardCharsets.UTF_8))
                        .errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains(place, words));
    }

    /// The rule gives no time; a waiver does.
    @ParameterizedTest
    @CsvSource({"2026-06-01T00:00:00Z, WARN", "2026-07-15T00:00:00Z, STOP"})
    void aWaiverMayGiveMoreTime(String now, Action counts) {
        var verdict =
                judge(image().hit(finding("CVE-1-1", Severity.HIGH)).at(now).waiving("""
                        - id: more-time
                          scope: {ids: [CVE-1-1]}
                          reason: fix-scheduled
                          text: The vendor ships it next month
                          owner: shop@example.org
                          until: 2026-08-01
                          effect: extend
                          deadline: 2026-07-15T00:00:00Z
                        """), "");

        assertThat(verdict.results().getFirst().action()).isEqualTo(counts);
        assertThat(due(verdict.results().getFirst())).isEqualTo(Optional.of(Instant.parse("2026-07-15T00:00:00Z")));
    }
}
