package dev.plimsoll.server.events;

import java.util.Locale;
import java.util.Optional;

/// What subscriptions may ask for. The words are those of Anchore's subscriptions.
public enum EventKind {
    /// A tag of a registry points to another image.
    TAG_UPDATE,
    /// An image was analysed, or could not be.
    ANALYSIS_UPDATE,
    /// The vulnerabilities of an image became others.
    VULN_UPDATE,
    /// The verdict on an image became another one.
    POLICY_EVAL;

    /// As the API writes it: `vuln_update`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventKind> of(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
