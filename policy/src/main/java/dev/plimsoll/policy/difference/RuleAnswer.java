package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict;
import java.util.Comparator;
import java.util.Optional;

/// What one rule, or a whole bundle, says of an image.
///
/// @param fired the worst action of its results; empty where nothing fired
/// @param open the worst action of what it could not judge
record RuleAnswer(Optional<Action> fired, Optional<Action> open) {

    static final RuleAnswer NOTHING = new RuleAnswer(Optional.empty(), Optional.empty());

    static RuleAnswer of(Verdict verdict) {
        return new RuleAnswer(
                verdict.results().stream().map(result -> result.action()).max(Comparator.naturalOrder()),
                verdict.unjudged().stream().map(rule -> rule.action()).max(Comparator.naturalOrder()));
    }

    /// How much it stands in the way.
    int weight() {
        return Math.max(
                fired.map(Action::ordinal).orElse(0), open.map(Action::ordinal).orElse(0));
    }

    /// `STOP`, `nothing`, `cannot be judged (STOP)`.
    String words() {
        return fired.map(Action::name)
                .or(() -> open.map(action -> "cannot be judged (" + action + ")"))
                .orElse("nothing");
    }
}
