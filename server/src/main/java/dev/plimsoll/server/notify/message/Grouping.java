package dev.plimsoll.server.notify.message;

import java.util.Locale;
import java.util.Optional;

/// What one message is about.
public enum Grouping {
    /// One vulnerability over all images of the window; events that are about no vulnerability go by
    /// their image.
    CVE,
    /// One image.
    IMAGE,
    /// One event.
    NONE;

    /// As the API writes it: `cve`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Grouping> of(String word) {
        for (var grouping : values()) {
            if (grouping.word().equals(word)) {
                return Optional.of(grouping);
            }
        }
        return Optional.empty();
    }
}
