package dev.plimsoll.policy.evaluation;

import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.FixDate;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.InGrace;
import dev.plimsoll.policy.Treatment.Overdue;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.GraceTerm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lets results about vulnerabilities warn only, as long as there is time to mend them. Days are of 24 hours, UTC.
final class GraceTreatment implements ResultTreatment {

    private static final String WAIVER = "waiver";

    private final History history;
    private final Instant at;
    private final Function<RuleResult, Optional<Instant>> extension;
    private Optional<NextChange> change = Optional.empty();

    /// @param extension until when a waiver gives time to mend what a result is about
    GraceTreatment(History history, Instant at, Function<RuleResult, Optional<Instant>> extension) {
        this.history = history;
        this.at = at;
        this.extension = extension;
    }

    @Override
    public RuleResult treat(Rule rule, RuleResult result) {
        if (result.action() != Action.STOP) {
            return result;
        }
        var extended = extension.apply(result);
        var own = result.finding().flatMap(finding -> time(rule, finding));
        if (own.isPresent() && own.get().due().isEmpty()) {
            return result.treated(new InGrace(Optional.empty(), own.get().from(), result.action()), Action.WARN);
        }
        var due = own.flatMap(Time::due);
        boolean waived =
                extended.isPresent() && (due.isEmpty() || extended.get().isAfter(due.get()));
        var ends = waived ? extended : due;
        if (ends.isEmpty()) {
            return result;
        }
        return treated(result, ends.get(), waived ? WAIVER : own.orElseThrow().from());
    }

    /// How much time there is.
    ///
    /// @param due empty where it does not run yet
    private record Time(Optional<Instant> due, String from) {}

    private RuleResult treated(RuleResult result, Instant due, String from) {
        if (!at.isBefore(due)) {
            return result.treated(new Overdue(due, from, result.action()), result.action());
        }
        var what = result.finding()
                .map(finding -> finding.id() + " in " + finding.item().name())
                .orElse("what the rule " + result.ruleId() + " found");
        change = NextChange.first(change, Optional.of(new NextChange(due, "the time to mend " + what + " ends")));
        return result.treated(new InGrace(Optional.of(due), from, result.action()), Action.WARN);
    }

    /// Empty where no term is for it, or where nobody knows when its time began.
    private Optional<Time> time(Rule rule, Finding finding) {
        if (rule.extensions().grace().isEmpty()) {
            return Optional.empty();
        }
        var term = rule.extensions().grace().orElse(List.of()).stream()
                .filter(each -> each.isFor(finding))
                .findFirst();
        if (term.isEmpty()) {
            return Optional.empty();
        }
        var from = term.get().from();
        if (from == GraceTerm.From.FIX && finding.fixedIn().isEmpty()) {
            return Optional.of(new Time(Optional.empty(), from.word()));
        }
        return begin(finding, from)
                .map(begin -> new Time(
                        Optional.of(begin.plus(Duration.ofDays(term.get().days()))), from.word()));
    }

    /// Without a former run, since when a vulnerability is published stands for since when it is known: no run knew it
    /// earlier, and else each first run would begin anew.
    private Optional<Instant> begin(Finding finding, GraceTerm.From from) {
        var known = finding.exploitation().known();
        return switch (from) {
            case FIRST_SEEN ->
                history.tellsOfFindings() ? Optional.of(history.seen(finding).first()) : finding.published();
            case FIX ->
                history.tellsOfFindings()
                        ? history.seen(finding).fix()
                        : finding.fixDate().map(FixDate::at).or(finding::published);
            case PUBLISHED -> finding.published();
            case KEV_ADDED -> known.map(each -> startOf(each.added()));
            case KEV_DUE -> known.flatMap(each -> each.due()).map(day -> startOf(day.plusDays(1)));
        };
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public Optional<NextChange> change() {
        return change;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }
}
