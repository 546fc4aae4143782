package dev.plimsoll.policy.path;

import dev.plimsoll.policy.ImageChange;
import java.util.List;
import java.util.Locale;

/// One thing to do.
///
/// @param instruction in the imperative
/// @param clears how many failing results it clears
/// @param about ids that it takes care of, sorted; empty for results that have none
/// @param changes the same, precise enough to be tried; none where only people can do it
public record Step(Kind kind, String instruction, int clears, List<String> about, List<ImageChange> changes) {

    public Step {
        about = List.copyOf(about);
        changes = List.copyOf(changes);
    }

    /// Whether its effect was tried, not only hoped for.
    public boolean tried() {
        return !changes.isEmpty();
    }

    /// What sort of thing it is.
    public enum Kind {
        UPGRADE,
        /// A base image with newer packages.
        BASE_IMAGE,
        /// A change of the Dockerfile or of what it copies.
        BUILD,
        /// Nothing else is left.
        WAIVE,
        /// What the rule's author or the gate says, which nothing here can try.
        OTHER;

        /// As documents have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
