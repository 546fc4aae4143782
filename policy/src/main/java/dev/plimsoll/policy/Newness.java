package dev.plimsoll.policy;

import java.util.Locale;

/// How something compares with a baseline.
///
/// @param cause why it is new, gone or was known before
public record Newness(State state, Cause cause) {

    /// Of what is there, or was.
    public enum State {
        NEW,
        EXISTING,
        GONE;

        /// As documents have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why.
    public enum Cause {
        /// The baseline has it too.
        IN_BASELINE,
        /// It comes with the base of the image.
        IN_BASE_IMAGE,
        PACKAGE_ADDED,
        PACKAGE_REMOVED,
        /// The package is there in another version.
        PACKAGE_CHANGED,
        /// The package is the same: what is known of it changed.
        ADVISORY_CHANGED,
        /// It is suppressed now.
        SUPPRESSED,
        /// The image changed, or the bundle did.
        IMAGE_OR_BUNDLE,
        /// The baseline does not tell enough.
        NOT_TOLD;

        /// As documents have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
