package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Which rules of two bundles are the same rule: by rule set and id; what remains by gate, trigger and parameters; what
/// still remains by rule set, gate and trigger where there is no choice.
final class RulePairs {

    private final List<SourceRule> before;
    private final List<SourceRule> after;
    private final List<Pair> pairs = new ArrayList<>();

    private RulePairs(List<SourceRule> before, List<SourceRule> after) {
        this.before = new ArrayList<>(before);
        this.after = new ArrayList<>(after);
    }

    /// One of the two may be missing.
    record Pair(Optional<SourceRule> before, Optional<SourceRule> after) {}

    /// Those of both first, then those that are gone, then those that are new.
    static List<Pair> of(List<SourceRule> before, List<SourceRule> after) {
        var found = new RulePairs(before, after);
        found.pair(RulePairs::haveOneId, false);
        found.pair(RulePairs::sayTheSame, false);
        found.pair(RulePairs::askTheSame, true);
        found.before.forEach(rule -> found.pairs.add(new Pair(Optional.of(rule), Optional.empty())));
        found.after.forEach(rule -> found.pairs.add(new Pair(Optional.empty(), Optional.of(rule))));
        return found.pairs;
    }

    private void pair(BiPredicate<SourceRule, SourceRule> same, boolean onlyOne) {
        for (var rule : List.copyOf(before)) {
            var partners =
                    after.stream().filter(other -> same.test(rule, other)).toList();
            boolean chosen = !partners.isEmpty() && (!onlyOne || isOnlyPair(same, partners));
            if (chosen) {
                pairs.add(new Pair(Optional.of(rule), Optional.of(partners.getFirst())));
                before.remove(rule);
                after.remove(partners.getFirst());
            }
        }
    }

    private boolean isOnlyPair(BiPredicate<SourceRule, SourceRule> same, List<SourceRule> partners) {
        return partners.size() == 1
                && before.stream()
                                .filter(other -> same.test(other, partners.getFirst()))
                                .count()
                        == 1;
    }

    private static boolean haveOneId(SourceRule one, SourceRule other) {
        return one.ruleSet().id().equals(other.ruleSet().id())
                && one.rule().id().equals(other.rule().id())
                && one.rule().gate().name().equals(other.rule().gate().name());
    }

    private static boolean sayTheSame(SourceRule one, SourceRule other) {
        return one.rule().gate().name().equals(other.rule().gate().name())
                && one.rule().trigger().name().equals(other.rule().trigger().name())
                && one.parameters().equals(other.parameters());
    }

    private static boolean askTheSame(SourceRule one, SourceRule other) {
        return one.ruleSet().id().equals(other.ruleSet().id())
                && one.rule().gate().name().equals(other.rule().gate().name())
                && one.rule().trigger().name().equals(other.rule().trigger().name());
    }
}
