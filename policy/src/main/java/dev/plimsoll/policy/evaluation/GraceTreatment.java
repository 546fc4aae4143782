package dev.plimsoll.policy.evaluation;

import dev.plimsoll.matching.Finding;
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

/// Lets results about vulnerabilities warn only, as long as there is time to mend them. Days are of 24 hours, UTC.
final class GraceTreatment implements ResultTreatment {

    private final History history;
    private final Instant at;
    private Optional<NextChange> change = Optional.empty();

    GraceTreatment(History history, Instant at) {
        this.history = history;
        this.at = at;
    }

    @Override
    public RuleResult treat(Rule rule, RuleResult result) {
        var finding = result.finding();
        if (finding.isEmpty() || result.action() != Action.STOP) {
            return result;
        }
        var term = rule.extensions().grace().orElse(List.of()).stream()
                .filter(each -> each.isFor(finding.get()))
                .findFirst();
        return term.map(found -> treated(result, finding.get(), found)).orElse(result);
    }

    private RuleResult treated(RuleResult result, Finding finding, GraceTerm term) {
        if (term.from() == GraceTerm.From.FIX && finding.fixedIn().isEmpty()) {
            return result.treated(new InGrace(Optional.empty(), term.from().word(), result.action()), Action.WARN);
        }
        var begin = begin(finding, term.from());
        if (begin.isEmpty()) {
            return result;
        }
        var due = begin.get().plus(Duration.ofDays(term.days()));
        if (!at.isBefore(due)) {
            return result.treated(new Overdue(due, term.from().word(), result.action()), result.action());
        }
        change = NextChange.first(
                change,
                Optional.of(new NextChange(
                        due,
                        "the time to mend " + finding.id() + " in "
                                + finding.item().name() + " ends")));
        return result.treated(new InGrace(Optional.of(due), term.from().word(), result.action()), Action.WARN);
    }

    /// Without a former run, since when a vulnerability is published stands for since when it is known: no run knew it
    /// earlier, and else each first run would begin anew.
    private Optional<Instant> begin(Finding finding, GraceTerm.From from) {
        var known = finding.exploitation().known();
        return switch (from) {
            case FIRST_SEEN ->
                history.tellsOfFindings() ? Optional.of(history.seen(finding).first()) : finding.published();
            case FIX -> history.tellsOfFindings() ? history.seen(finding).fix() : finding.published();
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
