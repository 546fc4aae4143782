package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.StigDocuments;
import dev.plimsoll.policy.background.StigEvaluation;
import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.Status;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import dev.plimsoll.policy.background.StigReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Today is {@link Fixture#NOW}, 2026-06-01.
final class StigGateTest {

    private static StigEvaluation evaluation(String profile, String at, StigControl... controls) {
        return new StigEvaluation(
                "HDF",
                profile,
                at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at)),
                "web",
                List.of(controls));
    }

    private static StigControl control(String id, @Nullable Severity severity, Status status) {
        return new StigControl(id, List.of("OURS-" + id), "Title", Optional.ofNullable(severity), status);
    }

    private static Fixture with(StigEvaluation... evaluations) {
        return image().with(Background.none()
                .withStigEvaluations(List.of(evaluations), new InputFile("stig", "sha256:" + "0".repeat(64))));
    }

    private static Verdict judge(Fixture image, String trigger, String... parameters) {
        return image.judge("stig", trigger, parameters);
    }

    @Test
    void asksForAnEvaluation() {
        assertThat(judge(image(), "no_stig_evaluations_available").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message()).isEqualTo("There is no STIG evaluation of the image");
                    assertThat(result.triggerId()).isEqualTo("no_stig_evaluations_available");
                    assertThat(result.stableId())
                            .isEqualTo("stig:no_stig_evaluations_available:no_stig_evaluations_available");
                    assertThat(result.remedy().verb())
                            .isEqualTo("Evaluate the image by a STIG profile, and give the result (--stig)");
                });
        var given = with(evaluation("ubuntu-24", ""));
        assertThat(judge(given, "no_stig_evaluations_available").decision()).isEqualTo(Decision.PASS);
        assertThat(judge(given, "no_stig_evaluations_available", "profile=ubuntu-*,rhel-*")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(given, "no_stig_evaluations_available", "profile=rhel-*")
                        .results())
                .extracting(RuleResult::message)
                .containsExactly("There is no STIG evaluation of rhel-* of the image");
    }

    @ParameterizedTest
    @CsvSource({"31, PASS", "30, FAIL", "0, FAIL", "2147483647, PASS"})
    void firesForOldOnes(String days, Decision decision) {
        var image = with(evaluation("a", "2026-05-01T00:00:00Z"), evaluation("b", "2026-04-01T00:00:00Z"));

        assertThat(judge(image, "stig_evaluations_outdated", "max_days_since_stig_evaluation=" + days)
                        .decision())
                .as("one that is fresh suffices")
                .isEqualTo(decision);
    }

    @Test
    void saysWhenTheyWillBeOld() {
        var image = with(evaluation("a", "2026-05-20T00:00:00Z"));
        var rule = "max_days_since_stig_evaluation=30";

        assertThat(judge(image, "stig_evaluations_outdated", rule).change())
                .contains(new NextChange(
                        Instant.parse("2026-06-19T00:00:01Z"), "the STIG evaluation is over 30 days old"));
        assertThat(judge(image.at("2026-06-19T00:00:01Z"), "stig_evaluations_outdated", rule)
                        .results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message())
                            .isEqualTo(
                                    "The newest STIG evaluation of the image is of 2026-05-20T00:00:00Z, over 30 days old");
                    assertThat(result.stableId()).isEqualTo("stig:stig_evaluations_outdated:stig_evaluations_outdated");
                    assertThat(result.remedy().verb())
                            .isEqualTo("Evaluate the image anew, and give the result (--stig)");
                });
        assertThat(judge(image.at("2026-06-19T00:00:00Z"), "stig_evaluations_outdated", rule)
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void cannotJudgeOnesWithoutADate() {
        var rule = "max_days_since_stig_evaluation=30";

        assertThat(judge(with(evaluation("a", "")), "stig_evaluations_outdated", rule)
                        .unjudged()
                        .getFirst()
                        .reason())
                .isEqualTo("the evaluation of a (--stig) does not say when it was made");
        assertThat(judge(
                                with(evaluation("a", ""), evaluation("b", "2026-05-30T00:00:00Z")),
                                "stig_evaluations_outdated",
                                rule)
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(
                                with(evaluation("a", ""), evaluation("b", "2026-01-30T00:00:00Z")),
                                "stig_evaluations_outdated",
                                rule)
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
        assertThat(judge(
                                with(evaluation("a", ""), evaluation("b", "2026-01-30T00:00:00Z")),
                                "stig_evaluations_outdated",
                                rule,
                                "profile=b")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stig_evaluations_outdated", "control_failed"})
    void cannotJudgeWithoutAny(String trigger) {
        var parameters =
                trigger.equals("control_failed") ? new String[0] : new String[] {"max_days_since_stig_evaluation=30"};

        assertThat(judge(image(), trigger, parameters).unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("there is no STIG evaluation of the image: give one with --stig");
        assertThat(judge(image(), trigger, parameters).decision()).isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void firesForEachControlThatFailed() {
        var image = with(evaluation(
                "a",
                "2026-05-20T00:00:00Z",
                control("V-1", Severity.HIGH, Status.FAILED),
                control("V-2", Severity.LOW, Status.FAILED),
                control("V-3", Severity.HIGH, Status.PASSED),
                control("V-4", Severity.HIGH, Status.NOT_REVIEWED),
                control("V-5", Severity.HIGH, Status.NOT_APPLICABLE)));

        var verdict = judge(image, "control_failed");
        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .containsExactly("stig:control_failed:V-1", "stig:control_failed:V-2");
        assertThat(verdict.results().getFirst().message()).isEqualTo("The control V-1 (high) of a failed: Title");
        assertThat(verdict.results().getFirst().ids()).contains("V-1", "OURS-V-1");
        assertThat(verdict.results().getFirst().remedy().instruction(List.of("V-1")))
                .isEqualTo("Meet V-1, and give the new result (--stig)");
        assertThat(fired(image, "severity=high")).containsExactly("V-1");
        assertThat(fired(image, "severity=low")).containsExactly("V-1", "V-2");
        assertThat(fired(image, "severity=critical")).isEmpty();
        assertThat(fired(image, "controls=V-2,V-9")).containsExactly("V-2");
        assertThat(fired(image, "controls=OURS-*")).containsExactly("V-1", "V-2");
        assertThat(fired(image, "except_controls=OURS-V-1")).containsExactly("V-2");
        assertThat(fired(image, "not_reviewed_fails=true")).containsExactly("V-1", "V-2", "V-4");
        assertThat(fired(image, "profile=a")).hasSize(2);
    }

    private static List<String> fired(Fixture image, String... parameters) {
        return judge(image, "control_failed", parameters).results().stream()
                .map(RuleResult::triggerId)
                .toList();
    }

    @Test
    void cannotJudgeAControlThatCouldNotBeTested() {
        var image = with(evaluation("a", "", control("V-1", Severity.LOW, Status.ERROR)));

        assertThat(judge(image, "control_failed").unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("the control V-1 of a could not be tested (--stig)");
        assertThat(judge(image, "control_failed", "severity=high").decision())
                .as("of no account")
                .isEqualTo(Decision.PASS);
        assertThat(judge(image, "control_failed", "except_controls=V-1").decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(image, "control_failed", "not_reviewed_fails=true").results())
                .extracting(RuleResult::message)
                .containsExactly("The control V-1 (low) of a could not be tested: Title");
    }

    @Test
    void cannotCompareASeverityThatNobodyKnows() {
        var image = with(evaluation("a", "", control("V-1", null, Status.FAILED)));

        assertThat(judge(image, "control_failed").decision()).isEqualTo(Decision.FAIL);
        assertThat(judge(image, "control_failed", "severity=high").unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly(
                        "the severity of the control V-1 is not known, so nobody can say whether it is high or higher");
    }

    /// What was mended since does not count; another profile's control does.
    @Test
    void takesTheNewestEvaluationOfEachProfile() {
        var image = with(
                evaluation("a", "2026-05-20T00:00:00Z", control("V-1", Severity.HIGH, Status.PASSED)),
                evaluation("a", "2026-05-10T00:00:00Z", control("V-1", Severity.HIGH, Status.FAILED)),
                evaluation("a", "", control("V-1", Severity.HIGH, Status.FAILED)),
                evaluation("b", "2026-05-10T00:00:00Z", control("V-2", Severity.HIGH, Status.FAILED)));

        assertThat(fired(image)).containsExactly("V-2");
        assertThat(fired(image, "profile=a")).isEmpty();
    }

    @Test
    void judgesWhatToolsWrite() throws IOException {
        var hdf = StigReader.read(StigDocuments.HDF.getBytes(StandardCharsets.UTF_8));
        var xccdf = StigReader.read(StigDocuments.XCCDF.getBytes(StandardCharsets.UTF_8));

        assertThat(fired(with(hdf.getFirst()), "severity=high", "controls=OURS-00-*"))
                .containsExactly("V-1");
        assertThat(fired(with(xccdf.getFirst()), "severity=high", "controls=V-1"))
                .containsExactly("xccdf_mil.disa.stig_rule_SV-1r2_rule");
    }
}
