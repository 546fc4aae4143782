package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Newness;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.KnownBefore;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Says of each result whether it is new, and lets rules that stop on new ones alone pass over the others.
final class NewOnlyTreatment implements ResultTreatment {

    private final Optional<BaselineView> baseline;
    private final Set<String> rulesWithoutBaseline = new TreeSet<>();

    NewOnlyTreatment(Optional<BaselineView> baseline) {
        this.baseline = baseline;
    }

    @Override
    public RuleResult treat(Rule rule, RuleResult result) {
        boolean newOnly = rule.extensions().newOnly().orElse(false);
        if (baseline.isEmpty()) {
            if (newOnly) {
                rulesWithoutBaseline.add(rule.id());
            }
            return result;
        }
        var newness = baseline.get().of(result);
        var told = result.with(newness);
        var existing = rule.extensions().existingAction().orElse(Action.WARN);
        return newOnly && newness.state() == Newness.State.EXISTING && existing.compareTo(result.action()) < 0
                ? told.treated(new KnownBefore(newness.cause(), result.action()), existing)
                : told;
    }

    @Override
    public Optional<NextChange> change() {
        return Optional.empty();
    }

    @Override
    public List<Problem> problems() {
        return rulesWithoutBaseline.stream()
                .map(rule -> new Problem(
                        Problem.Severity.WARN,
                        "no-baseline",
                        "the rule " + rule + " stops on what is new alone, and no baseline was given (--baseline):"
                                + " everything counts"))
                .sorted(Comparator.comparing(Problem::details))
                .toList();
    }
}
