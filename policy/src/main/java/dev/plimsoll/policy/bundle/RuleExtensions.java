package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.Action;
import java.util.Optional;

/// What a rule may say that Anchore's formats do not know: its member `plimsoll`. The bundle's own member `plimsoll`
/// gives what holds for rules that do not say.
///
/// @param unknownAction what it demands where a fact that it asks for is not known; else the rule's own action
/// @param failureAction what it demands where it breaks; else the rule's own action
public record RuleExtensions(Optional<Action> unknownAction, Optional<Action> failureAction) {

    public static final RuleExtensions NONE = new RuleExtensions(Optional.empty(), Optional.empty());

    /// The same, with what another says where this does not.
    RuleExtensions orElse(RuleExtensions general) {
        return new RuleExtensions(unknownAction.or(general::unknownAction), failureAction.or(general::failureAction));
    }
}
