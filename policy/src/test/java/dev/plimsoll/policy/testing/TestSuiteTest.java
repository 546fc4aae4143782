package dev.plimsoll.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told where an expectation is not met.
final class TestSuiteTest {

    private static final String RULES =
            Tested.rule("root", "WARN", "dockerfile", "effective_user", "users=root", "type=denylist")
                    + "," + Tested.rule("ssh", "STOP", "dockerfile", "exposed_ports", "ports=22", "type=denylist")
                    + "," + Tested.rule("suid", "STOP", "files", "suid_or_guid_set");

    private static List<String> failures(String facts, String expected) {
        return Tested.suite(
                        "tests: [{ name: n, facts: " + facts + ", expect: " + expected + " }]",
                        Tested.bundle("b", RULES))
                .run()
                .getFirst()
                .failures();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { user: root, ports: [22] }        | { decision: fail, action: stop }
            { user: root, ports: [22] }        | { results: [{ rule: root, action: warn }, { rule: set/ssh, gate: dockerfile, trigger: exposed_ports, count: 1 }], only: true }
            { user: root, ports: [22] }        | { results: [{ id: "dockerfile:exposed_ports:2*" }], absent: [suid] }
            { user: app, unknown: [files] }    | { unjudged: [suid], decision: unknown }
            { user: app }                      | { unjudged: [], only: true }
            """)
    void passesWhereAllIsAsExpected(String facts, String expected) {
        assertThat(failures(facts, expected)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { user: root }              | { decision: fail }                                | expected the decision fail, came pass: 1 result warns
            { user: root }              | { action: stop }                                  | expected the action STOP, came WARN
            { user: root }              | { results: [{ rule: ssh }] }                      | expected rule ssh, came nothing
            { user: root }              | { results: [{ rule: root, action: stop }] }       | expected STOP of rule root, came WARN of rule root (dockerfile:effective_user:root)
            { user: root }              | { results: [{ rule: root, count: 2 }] }           | expected 2 × rule root, came 1: WARN of rule root (dockerfile:effective_user:root)
            { user: root }              | { results: [{ id: nothing }] }                    | expected id nothing, came nothing
            { user: root }              | { absent: [root] }                                | expected nothing of rule root, came WARN of rule root (dockerfile:effective_user:root)
            { user: root, ports: [22] } | { results: [{ rule: root }], only: true }         | expected nothing else, came STOP of rule ssh (dockerfile:exposed_ports:22)
            { user: app }               | { unjudged: [suid] }                              | expected that rule suid cannot be judged, and it can
            { unknown: [files], user: app } | { unjudged: [] }                              | rule suid cannot be judged: the inventory does not hold the image's files
            { unknown: [files] }        | { results: [{ rule: suid }] }                     | expected rule suid, came nothing: it cannot be judged, the inventory does not hold the image's files
            """)
    void tellsWhatCameInstead(String facts, String expected, String words) {
        assertThat(failures(facts, expected)).singleElement().asString().startsWith(words);
    }

    @Test
    void tellsOfRulesThatNoBundleHas() {
        var suite = Tested.suite(
                "tests: [{ name: n, expect: { absent: [root, rot, set/ssh, other/ssh] } }]", Tested.bundle("b", RULES));

        assertThat(suite.unknownRules())
                .containsExactly(
                        "/tests/0/expect: no bundle has a rule 'rot'",
                        "/tests/0/expect: no bundle has a rule 'other/ssh'");
    }

    @Test
    void countsInWhichTestsARuleFiredStayedQuietAndWasNotJudged() {
        var suite = Tested.suite("""
                tests:
                  - { name: fires, facts: { ports: [22], user: app }, expect: { decision: fail } }
                  - { name: quiet, facts: { user: app }, expect: { decision: pass } }
                  - { name: open, facts: { user: app, unknown: [files] }, expect: { decision: unknown } }
                  - { name: elsewhere, image: "other.example/a:1", expect: { decision: unknown } }
                """, Tested.bundle("b", RULES));
        var coverage = RuleCoverage.of(suite, suite.run());

        assertThat(coverage).extracting(RuleCoverage::rule).containsExactly("root", "ssh", "suid");
        assertThat(coverage.get(1).fired()).containsExactly("fires");
        assertThat(coverage.get(1).quiet()).containsExactly("quiet", "open");
        assertThat(coverage.get(1).isFull()).isTrue();
        assertThat(coverage.get(2).quiet()).containsExactly("fires", "quiet");
        assertThat(coverage.get(2).notJudged()).containsExactly("open");
        assertThat(coverage.get(0).isFull()).isFalse();
    }

    @Test
    void ofSeveralBundlesEachRuleIsCounted() {
        var one = Tested.bundle(
                "one", Tested.rule("r", "WARN", "dockerfile", "exposed_ports", "ports=22", "type=denylist"));
        var two = Tested.bundle(
                "two", Tested.rule("r", "STOP", "dockerfile", "exposed_ports", "ports=80", "type=denylist"));
        var suite = Tested.suite(
                "tests: [{ name: n, facts: { ports: [22] }, expect: { action: warn, results: [{ rule: one/set/r }], absent: [two/set/r] } }]",
                one,
                two);
        var outcomes = suite.run();

        assertThat(outcomes.getFirst().failures()).isEmpty();
        assertThat(RuleCoverage.of(suite, outcomes))
                .extracting(rule -> rule.bundle() + " " + rule.fired() + rule.quiet())
                .containsExactly("one [n][]", "two [][n]");
        assertThat(suite.unknownRules()).isEmpty();
    }
}
