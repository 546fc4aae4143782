package dev.plimsoll.policy.rule;

import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Remedy;
import java.util.List;
import java.util.Optional;

/// One thing that a trigger found.
///
/// @param key what it found, for our own id `gate:trigger:key`; does not change when messages do
/// @param message for people
/// @param frozenMessage Anchore's, byte for byte, for the id
/// @param remedy what clears it
/// @param explicitId Anchore's id where the trigger gives one; else the id is the MD5 of names and frozen message
/// @param otherIds further ids that an allowlist may name
/// @param ownAction counts in place of the rule's
public record Firing(
        String key,
        String message,
        String frozenMessage,
        Remedy remedy,
        Optional<String> explicitId,
        List<String> otherIds,
        Optional<Finding> finding,
        Optional<Action> ownAction) {

    public Firing {
        otherIds = List.copyOf(otherIds);
    }

    public static Firing of(String key, String message, String frozenMessage, Remedy remedy) {
        return new Firing(
                key, message, frozenMessage, remedy, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    public Firing withId(String id, List<String> others) {
        return new Firing(key, message, frozenMessage, remedy, Optional.of(id), others, finding, ownAction);
    }

    public Firing about(Finding subject) {
        return new Firing(key, message, frozenMessage, remedy, explicitId, otherIds, Optional.of(subject), ownAction);
    }

    public Firing demanding(Action action) {
        return new Firing(key, message, frozenMessage, remedy, explicitId, otherIds, finding, Optional.of(action));
    }
}
