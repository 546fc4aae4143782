package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
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
/// @param idBehindRule what follows the rule's own id in Anchore's id, where that begins with it
/// @param otherIds further ids that an allowlist may name
/// @param finding the finding that it fired for, where it fired for one
/// @param item the package that it is about, where it is about one
/// @param places files that it is about; none where it is about the image
/// @param ownAction counts in place of the rule's
public record Firing(
        String key,
        String message,
        String frozenMessage,
        Remedy remedy,
        Optional<String> explicitId,
        Optional<String> idBehindRule,
        List<String> otherIds,
        Optional<Finding> finding,
        Optional<ImagePackage> item,
        List<Location> places,
        Optional<Action> ownAction) {

    public Firing {
        otherIds = List.copyOf(otherIds);
        places = List.copyOf(places);
    }

    public static Firing of(String key, String message, String frozenMessage, Remedy remedy) {
        return new Firing(
                key,
                message,
                frozenMessage,
                remedy,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// Of a trigger that Anchore has not: the message is ours, and the id is the trigger's name, a colon and the key.
    public static Firing ours(String trigger, String key, String message, Remedy remedy) {
        return of(key, message, message, remedy).withId(trigger + ":" + key, List.of());
    }

    /// With Anchore's own id, and further ids that allowlists may name.
    public Firing withId(String id, List<String> others) {
        return with(Optional.of(id), Optional.empty(), others, places, ownAction);
    }

    /// With further ids that allowlists may name.
    public Firing alsoKnownAs(List<String> others) {
        return with(explicitId, idBehindRule, others, places, ownAction);
    }

    /// With an id of Anchore's that begins with the rule's.
    ///
    /// @param ending what follows the rule's id
    public Firing withIdOfRule(String ending) {
        return with(Optional.empty(), Optional.of(ending), otherIds, places, ownAction);
    }

    private Firing with(
            Optional<String> id,
            Optional<String> ending,
            List<String> others,
            List<Location> files,
            Optional<Action> action) {
        return new Firing(key, message, frozenMessage, remedy, id, ending, others, finding, item, files, action);
    }

    public Firing about(Finding subject) {
        return new Firing(
                key,
                message,
                frozenMessage,
                remedy,
                explicitId,
                idBehindRule,
                otherIds,
                Optional.of(subject),
                Optional.of(subject.item()),
                subject.item().locations(),
                ownAction);
    }

    public Firing about(ImagePackage subject) {
        return new Firing(
                key,
                message,
                frozenMessage,
                remedy,
                explicitId,
                idBehindRule,
                otherIds,
                finding,
                Optional.of(subject),
                subject.locations(),
                ownAction);
    }

    /// About a file.
    public Firing at(Location place) {
        return at(List.of(place));
    }

    /// About files.
    public Firing at(List<Location> files) {
        return with(explicitId, idBehindRule, otherIds, files, ownAction);
    }

    public Firing demanding(Action action) {
        return with(explicitId, idBehindRule, otherIds, places, Optional.of(action));
    }
}
