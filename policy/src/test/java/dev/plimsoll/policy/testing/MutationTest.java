package dev.plimsoll.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which changes of a rule are tried, and which of them tests notice.
final class MutationTest {

    private static final String EXACT = """
            tests:
              - { name: "22", facts: { ports: [22] }, expect: { results: [{ rule: r, action: stop, count: 1 }], only: true } }
              - { name: "80", facts: { ports: [80] }, expect: { absent: [r] } }
            """;

    private static List<String> mutants(String gate, String trigger, String... parameters) {
        var rule = Tested.bundle("b", Tested.rule("r", "STOP", gate, trigger, parameters))
                .rules()
                .getFirst();
        return RuleMutator.mutants(rule).stream()
                .map(mutant -> mutant.part() + ": " + mutant.change())
                .toList();
    }

    @Test
    void changesEachParameterByItsType() {
        assertThat(mutants(
                        "vulnerabilities",
                        "package",
                        "package_type=all",
                        "severity_comparison=>=",
                        "severity=high",
                        "fix_available=true",
                        "max_days_since_fix=30",
                        "epss_score=0.5",
                        "epss_score_comparison=<"))
                .containsSubsequence("action: STOP → WARN", "rule: removed")
                .contains(
                        "severity: high → medium",
                        "severity: high → critical",
                        "severity_comparison: >= → >",
                        "severity_comparison: >= → =",
                        "fix_available: true → false",
                        "fix_available: left out",
                        "max_days_since_fix: 30 → 29",
                        "max_days_since_fix: 30 → 31",
                        "epss_score: 0.5 → 0.4",
                        "epss_score: 0.5 → 0.6",
                        "epss_score_comparison: < → <=");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dockerfile | exposed_ports   | ports=22,80            | ports: 22,80 → 80
            dockerfile | exposed_ports   | ports=22,80            | ports: 22,80 → 22
            dockerfile | exposed_ports   | ports=22               | type: denylist → allowlist
            packages   | denylist        | name=curl              | name: curl → plimsoll-mutant
            files      | name_match      | regex=.*key            | regex: .*key → plimsoll-mutant
            layers     | max_layer_size  | max_size=200mb         | max_size: 200mb → 201mb
            """)
    void dropsItemsAndPutsOtherTexts(String gate, String trigger, String parameters, String change) {
        assertThat(mutants(
                        gate,
                        trigger,
                        parameters.contains("ports")
                                ? new String[] {parameters, "type=denylist"}
                                : new String[] {parameters}))
                .contains(change);
    }

    @Test
    void testsThatPinARuleNoticeEachChange() {
        var rule = Tested.rule("r", "STOP", "dockerfile", "exposed_ports", "ports=22", "type=denylist");

        var mutation = Mutation.of(List.of(Tested.suite(EXACT, Tested.bundle("b", rule))));

        assertThat(mutation.tried()).isEqualTo(3);
        assertThat(mutation.survivors()).isEmpty();
        assertThat(mutation.left()).isZero();
    }

    @Test
    void whatNoTestLooksAtIsTold() {
        var rule = Tested.rule("r", "STOP", "dockerfile", "exposed_ports", "ports=22,23", "type=denylist");

        var mutation = Mutation.of(List.of(Tested.suite(EXACT, Tested.bundle("b", rule))));

        assertThat(mutation.survivors()).containsExactly(new Mutation.Survivor("b", "set", "r", "ports", "22,23 → 22"));
    }

    @Test
    void aChangeThatOneOfSeveralFilesNoticesIsNoticed() {
        var bundle = Tested.bundle(
                "b", Tested.rule("r", "STOP", "dockerfile", "exposed_ports", "ports=22,23", "type=denylist"));
        var other = "tests: [{ name: three, facts: { ports: [23] }, expect: { results: [{ rule: r }] } }]";

        assertThat(Mutation.of(List.of(Tested.suite(EXACT, bundle), Tested.suite(other, bundle)))
                        .survivors())
                .isEmpty();
    }

    @Test
    void extensionsAreLeftOutOneByOne() {
        var rule =
                "{ id: r, gate: files, trigger: suid_or_guid_set, action: STOP, params: [], plimsoll: { unknown_action: WARN } }";
        var tests = "tests: [{ name: n, facts: { unknown: [files] }, expect: { decision: pass } }]";

        assertThat(Mutation.of(List.of(Tested.suite(tests, Tested.bundle("b", rule))))
                        .survivors())
                .extracting(Mutation.Survivor::part)
                .doesNotContain("unknown_action");
    }
}
