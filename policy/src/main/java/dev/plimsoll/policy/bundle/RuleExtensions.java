package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.Action;
import java.util.List;
import java.util.Optional;

/// What a rule may say that Anchore's formats do not know: its member `plimsoll`. The bundle's own member `plimsoll`
/// gives what holds for rules that do not say.
///
/// @param unknownAction what it demands where a fact that it asks for is not known; else the rule's own action
/// @param failureAction what it demands where it breaks; else the rule's own action
/// @param newOnly whether what a baseline knows counts for less
/// @param existingAction what it counts for then; else WARN
/// @param grace how much time there is to mend vulnerabilities; the first term that is for a finding counts
public record RuleExtensions(
        Optional<Action> unknownAction,
        Optional<Action> failureAction,
        Optional<Boolean> newOnly,
        Optional<Action> existingAction,
        Optional<List<GraceTerm>> grace) {

    public static final RuleExtensions NONE = new RuleExtensions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public RuleExtensions {
        grace = grace.map(List::copyOf);
    }

    /// The same, with what another says where this does not.
    RuleExtensions orElse(RuleExtensions general) {
        return new RuleExtensions(
                unknownAction.or(general::unknownAction),
                failureAction.or(general::failureAction),
                newOnly.or(general::newOnly),
                existingAction.or(general::existingAction),
                grace.or(general::grace));
    }
}
