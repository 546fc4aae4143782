package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.RuleExtensions;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A rule that throws, and a pattern that breaks off: neither loses what is known.
final class BrokenRuleTest {

    /// Backtracks for ever on `aaa…!`, and fits `aa…a`.
    private static final String CATASTROPHE = "(a+)+\\1$";

    private static final String LONG = "a".repeat(60) + "!";

    @ParameterizedTest
    @CsvSource({"STOP, UNKNOWN", "WARN, PASS", "GO, PASS"})
    void aRuleThatThrowsCountsAsNotJudgedWithItsAction(Action action, Decision decision) {
        var verdict = image().judge(throwing(action, () -> {
            throw new IllegalStateException("a bug");
        }));

        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.unjudged()).extracting(Verdict.Unjudged::action).containsExactly(action);
        assertThat(verdict.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Verdict.Problem.Severity.ERROR);
            assertThat(problem.type()).isEqualTo("rule-failed");
            assertThat(problem.details())
                    .startsWith("rule broken (test/throws): ")
                    .contains("a bug");
        });
        assertThat(verdict.results())
                .as("the others are judged all the same")
                .extracting(RuleResult::gate)
                .containsExactly("always");
    }

    @Test
    void aRuleThatRecursesForEverIsNoCrash() {
        var verdict = image().judge(throwing(Action.STOP, BrokenRuleTest::recurse));

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.problems()).extracting(Verdict.Problem::type).containsExactly("rule-failed");
    }

    @Test
    void aPathThatFiredBeforeThePatternBrokeOffStillFails() {
        var verdict = image().allowingBacktracking()
                .file("0aa", 0644)
                .file(LONG, 0644)
                .judge("files", "name_match", "regex=/0?" + CATASTROPHE);

        assertThat(verdict.results()).extracting(RuleResult::stableId).containsExactly("files:name_match:/0aa");
        assertThat(verdict.decision()).as("a STOP that fired stays a fail").isEqualTo(Decision.FAIL);
        assertThat(verdict.problems()).extracting(Verdict.Problem::type).containsExactly("pattern-bound");
        assertThat(verdict.unjudged()).hasSize(1);
    }

    @Test
    void anInstructionThatFiredBeforeThePatternBrokeOffStillFails() {
        var verdict = image().allowingBacktracking()
                .dockerfile("FROM scratch\nRUN aa\nRUN " + LONG + "\n")
                .judge("dockerfile", "instruction", "instruction=RUN", "check=like", "value=" + CATASTROPHE);

        assertThat(verdict.results()).hasSize(1);
        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(verdict.problems()).hasSize(1);
    }

    @Test
    void aFindingThatFiredBeforeThePathsPatternBrokeOffStillFails() {
        var verdict = image().allowingBacktracking()
                .hit(finding("CVE-1", Severity.HIGH))
                .hit(finding("CVE-2", Severity.HIGH).in(PackageType.NPM, "x", "1", LONG))
                .judge("vulnerabilities", "package", "package_type=all", "package_path_exclude=/" + CATASTROPHE);

        assertThat(verdict.results()).extracting(RuleResult::triggerId).containsExactly("CVE-1+curl");
        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(verdict.problems()).hasSize(1);
    }

    @Test
    void manyPathsTogetherAreBoundedToo() {
        var image = image().allowingBacktracking();
        for (int i = 0; i < 20_000; i++) {
            // Each alone stays below the bound of one text: 17 letters take some hundred thousand steps.
            image.file("a".repeat(17) + "!" + i, 0644);
        }

        var verdict = image.judge("files", "name_match", "regex=/" + CATASTROPHE);

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.details())
                        .contains("the pattern '/" + CATASTROPHE + "' took more than " + UserPattern.MAX_STEPS_TOGETHER
                                + " steps on all texts together"));
    }

    @Test
    void anAllowlistsPatternThatBreaksOffLeavesTheOtherItemsTheirWork() {
        var text = BundleText.of()
                .rule("STOP", "files", "name_match", "regex=/a")
                .item("files", "regexp:files:name_match:/" + CATASTROPHE.replace("\\", "\\\\"))
                .item("files", "files:name_match:/" + LONG);

        var verdict = image().allowingBacktracking().file(LONG, 0644).judge(text);

        assertThat(verdict.results().getFirst().allowlisted().orElseThrow().itemId())
                .isEqualTo("i2");
        assertThat(verdict.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.details()).startsWith("allowlist item i1, "));
    }

    @Test
    void aMappingsPatternThatBreaksOffGivesNoVerdict() {
        var text = BundleText.of()
                .rule("GO", "always", "always")
                .mapped("m", "*", "*", "tag", "regexp:" + CATASTROPHE.replace("\\", "\\\\"))
                .mapped("all", "*", "*", "tag", "*");

        var verdict = image().allowingBacktracking().named("x:" + LONG).judge(text);

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.explanation()).contains("took too many steps");
        assertThat(verdict.problems()).extracting(Verdict.Problem::type).containsExactly("pattern-bound");
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static Outcome recurse() {
        return List.of(recurse()).getFirst();
    }

    /// A bundle with a rule that fires, and one whose trigger does as it is told.
    private static Bundle throwing(Action action, Supplier<Outcome> outcome) {
        var trigger = Trigger.named("throws").judgedBy((_, _) -> outcome.get());
        var gate = new Gate() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public String description() {
                return "";
            }

            @Override
            public List<Trigger> triggers() {
                return List.of(trigger);
            }
        };
        var good = BundleText.of().rule("GO", "always", "always").bundle(false);
        var set = good.ruleSets().getFirst();
        var rules = new ArrayList<Bundle.Rule>();
        rules.add(new Bundle.Rule(
                "broken",
                gate,
                trigger,
                new Arguments.Collector(false).arguments(),
                action,
                "",
                "",
                RuleExtensions.NONE));
        rules.addAll(set.rules());
        return new Bundle(
                good.id(),
                good.name(),
                good.formatVersion(),
                good.description(),
                List.of(new Bundle.RuleSet(set.id(), set.name(), true, rules)),
                good.allowlists(),
                good.mappings(),
                good.allowlistedImages(),
                good.denylistedImages(),
                good.digest(),
                false);
    }
}
