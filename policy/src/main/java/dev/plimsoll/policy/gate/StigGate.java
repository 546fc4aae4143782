package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.background.StigEvaluation;
import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gate `stig`: what evaluations of security technical implementation guides say, that were made elsewhere and given
/// with `--stig`.
///
/// Source: Anchore Enterprise 6, documentation of the gate, which asks for presence and age only; ids and messages are
/// ours.
final class StigGate implements Gate {

    private static final Parameter<Integer> MAX_DAYS = Parameter.of(
                    "max_days_since_stig_evaluation", ValueTypes.INTEGER)
            .describedAs("Days that the newest evaluation may be old.")
            .like("30")
            .mustBeGiven();
    private static final Parameter<List<NamePattern>> PROFILE = Parameter.of("profile", ValueTypes.namesOf("profiles"))
            .describedAs("Only evaluations of profiles with such names; `*` stands for any text.")
            .like("canonical-ubuntu-*");
    private static final Parameter<Least> SEVERITY = Parameter.of("severity", ValueTypes.oneOf(Least.class))
            .describedAs(
                    "Only controls of this severity or a higher one: low, medium and high are DISA's CAT III, II, I.")
            .like("high");
    private static final Parameter<List<NamePattern>> CONTROLS = Parameter.of(
                    "controls", ValueTypes.namesOf("controls"))
            .describedAs("Only controls with such ids; `*` stands for any text.")
            .like("V-260469,UBTU-22-*");
    private static final Parameter<List<NamePattern>> EXCEPT = Parameter.of(
                    "except_controls", ValueTypes.namesOf("controls"))
            .describedAs("Passes over controls with such ids.")
            .like("V-260470");
    private static final Parameter<Boolean> NOT_REVIEWED = Parameter.of("not_reviewed_fails", ValueTypes.BOOLEAN)
            .describedAs("Whether a control that was not tested, or could not be, fires too.")
            .like("true")
            .orElse(false);

    @Override
    public String name() {
        return "stig";
    }

    @Override
    public String description() {
        return "Evaluations of security technical implementation guides, made elsewhere and given with --stig.";
    }

    @Override
    public List<Trigger> triggers() {
        var ours = "Id and message are ours.";
        return List.of(
                Trigger.named("no_stig_evaluations_available")
                        .describedAs("Fires where no evaluation was given.")
                        .with(PROFILE)
                        .differingIn(ours, "`profile` is ours.")
                        .judgedBy(StigGate::judgePresence),
                Trigger.named("stig_evaluations_outdated")
                        .describedAs("Fires where every evaluation that was given is older.")
                        .with(MAX_DAYS, PROFILE)
                        .differingIn(ours, "`profile` is ours.", "Without `--stig` it cannot be judged.")
                        .judgedBy(StigGate::judgeAge),
                Trigger.named("control_failed")
                        .describedAs("Fires for each control that failed in the newest evaluation of its profile.")
                        .with(SEVERITY, CONTROLS, EXCEPT, NOT_REVIEWED, PROFILE)
                        .differingIn("The trigger is ours.", "Without `--stig` it cannot be judged.")
                        .judgedBy(StigGate::judgeControls));
    }

    private static List<StigEvaluation> evaluations(Arguments arguments, Subject subject) {
        var names = arguments.find(PROFILE);
        return subject.background().stigEvaluations().stream()
                .filter(evaluation ->
                        names.isEmpty() || names.get().stream().anyMatch(name -> name.matches(evaluation.profile())))
                .toList();
    }

    private static Outcome judgePresence(Arguments arguments, Subject subject) {
        if (!evaluations(arguments, subject).isEmpty()) {
            return Outcome.quiet();
        }
        var wanted =
                arguments.find(PROFILE).map(names -> " of " + listed(names)).orElse("");
        var message = "There is no STIG evaluation" + wanted + " of the image";
        return Outcome.of(List.of(Firing.of(
                        "no_stig_evaluations_available",
                        message,
                        message,
                        Remedy.of("Evaluate the image by a STIG profile" + wanted + ", and give the result (--stig)"))
                .withId("no_stig_evaluations_available", List.of())));
    }

    private static Outcome judgeAge(Arguments arguments, Subject subject) {
        var evaluations = evaluations(arguments, subject);
        if (evaluations.isEmpty()) {
            return notGiven(arguments);
        }
        int days = arguments.get(MAX_DAYS);
        var newest = evaluations.stream()
                .flatMap(evaluation -> evaluation.evaluatedAt().stream())
                .max(Comparator.naturalOrder());
        if (newest.isPresent() && !newest.get().isBefore(subject.at().minus(Duration.ofDays(days)))) {
            // At the very end of its days it is not over them yet.
            return Outcome.quiet()
                    .until(Optional.of(new NextChange(
                            newest.get().plus(Duration.ofDays(days)).plusSeconds(1),
                            "the STIG evaluation is over " + days + (days == 1 ? " day old" : " days old"))));
        }
        var undated = evaluations.stream()
                .filter(evaluation -> evaluation.evaluatedAt().isEmpty())
                .map(StigEvaluation::profile)
                .sorted()
                .findFirst();
        if (undated.isPresent()) {
            return Outcome.cannotJudge(
                    "the evaluation of " + undated.get() + " (--stig) does not say when it was made");
        }
        var message = "The newest STIG evaluation of the image is of " + newest.orElseThrow() + ", over " + days
                + " days old";
        return Outcome.of(List.of(Firing.of(
                        "stig_evaluations_outdated",
                        message,
                        message,
                        Remedy.of("Evaluate the image anew, and give the result (--stig)"))
                .withId("stig_evaluations_outdated", List.of())));
    }

    private static Outcome notGiven(Arguments arguments) {
        return Outcome.cannotJudge("there is no STIG evaluation"
                + arguments.find(PROFILE).map(names -> " of " + listed(names)).orElse("")
                + " of the image: give one with"
                + " --stig");
    }

    private static Outcome judgeControls(Arguments arguments, Subject subject) {
        var evaluations = evaluations(arguments, subject);
        if (evaluations.isEmpty()) {
            return notGiven(arguments);
        }
        var firings = new TreeMap<String, Firing>();
        var gaps = new ArrayList<Gap>();
        for (var evaluation : newestOfEachProfile(evaluations)) {
            for (var control : evaluation.controls()) {
                if (!isAsked(arguments, control)) {
                    continue;
                }
                switch (answer(arguments, control)) {
                    case FIRES -> firings.putIfAbsent(control.id(), firing(evaluation, control));
                    case UNKNOWN_SEVERITY ->
                        gaps.add(Gap.unknown("the severity of the control " + control.id()
                                + " is not known, so nobody can say whether it is "
                                + arguments.get(SEVERITY).word() + " or higher"));
                    case UNTESTED ->
                        gaps.add(Gap.unknown("the control " + control.id() + " of " + evaluation.profile()
                                + " could not be tested (--stig)"));
                    case QUIET -> {}
                }
            }
        }
        return Outcome.of(
                List.copyOf(firings.values()), gaps.stream().distinct().toList());
    }

    private static Answer answer(Arguments arguments, StigControl control) {
        var byStatus = byStatus(arguments, control);
        if (byStatus == Answer.QUIET || !arguments.gives(SEVERITY)) {
            return byStatus;
        }
        var bySeverity = atLeast(arguments.get(SEVERITY), control);
        return bySeverity == Answer.FIRES ? byStatus : bySeverity;
    }

    private static Answer byStatus(Arguments arguments, StigControl control) {
        return switch (control.status()) {
            case FAILED -> Answer.FIRES;
            case ERROR -> arguments.get(NOT_REVIEWED) ? Answer.FIRES : Answer.UNTESTED;
            case NOT_REVIEWED -> arguments.get(NOT_REVIEWED) ? Answer.FIRES : Answer.QUIET;
            case PASSED, NOT_APPLICABLE -> Answer.QUIET;
        };
    }

    private static Answer atLeast(Least least, StigControl control) {
        return control.severity()
                .map(severity -> severity.compareTo(least.severity()) >= 0 ? Answer.FIRES : Answer.QUIET)
                .orElse(Answer.UNKNOWN_SEVERITY);
    }

    private static boolean isAsked(Arguments arguments, StigControl control) {
        return arguments.find(CONTROLS).map(names -> fits(names, control)).orElse(true)
                && !arguments.find(EXCEPT).map(names -> fits(names, control)).orElse(false);
    }

    private static boolean fits(List<NamePattern> names, StigControl control) {
        return control.ids().stream().anyMatch(id -> names.stream().anyMatch(name -> name.matches(id)));
    }

    /// One without a date counts as the oldest.
    private static List<StigEvaluation> newestOfEachProfile(List<StigEvaluation> evaluations) {
        Map<String, StigEvaluation> newest = new TreeMap<>();
        for (var evaluation : evaluations) {
            newest.merge(
                    evaluation.profile(),
                    evaluation,
                    (known, other) -> at(other).isAfter(at(known)) ? other : known);
        }
        return List.copyOf(newest.values());
    }

    private static Instant at(StigEvaluation evaluation) {
        return evaluation.evaluatedAt().orElse(Instant.MIN);
    }

    private static Firing firing(StigEvaluation evaluation, StigControl control) {
        var message = "The control " + control.id()
                + control.severity()
                        .map(severity -> " (" + severity.name().toLowerCase(Locale.ROOT) + ")")
                        .orElse("")
                + " of " + evaluation.profile()
                + switch (control.status()) {
                    case FAILED -> " failed";
                    case ERROR -> " could not be tested";
                    case NOT_REVIEWED -> " was not reviewed";
                    case PASSED -> " passed";
                    case NOT_APPLICABLE -> " does not apply";
                }
                + (control.title().isEmpty() ? "" : ": " + control.title());
        return Firing.of(
                        control.id(),
                        message,
                        message,
                        new Remedy("Meet", control.id(), "controls", ", and give the new result (--stig)"))
                .withId(control.id(), control.otherIds());
    }

    private static String listed(List<NamePattern> names) {
        return String.join(", ", names.stream().map(NamePattern::toString).toList());
    }

    private enum Answer {
        FIRES,
        QUIET,
        UNTESTED,
        UNKNOWN_SEVERITY
    }

    private enum Least implements Word {
        LOW(Severity.LOW),
        MEDIUM(Severity.MEDIUM),
        HIGH(Severity.HIGH),
        CRITICAL(Severity.CRITICAL);

        private final Severity severity;

        Least(Severity severity) {
            this.severity = severity;
        }

        Severity severity() {
            return severity;
        }

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
