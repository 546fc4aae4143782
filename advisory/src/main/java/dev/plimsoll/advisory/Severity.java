package dev.plimsoll.advisory;

import java.util.Locale;
import java.util.Optional;

/// How bad, in the order that policies compare by.
public enum Severity {
    UNKNOWN,
    NEGLIGIBLE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /// Reads a source's own word, in any case; `moderate` and `important` are GitHub's, Red Hat's and AlmaLinux's.
    public static Optional<Severity> of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "unknown" -> Optional.of(UNKNOWN);
            case "negligible", "unimportant" -> Optional.of(NEGLIGIBLE);
            case "low" -> Optional.of(LOW);
            case "medium", "moderate" -> Optional.of(MEDIUM);
            case "high", "important" -> Optional.of(HIGH);
            case "critical" -> Optional.of(CRITICAL);
            default -> Optional.empty();
        };
    }

    /// Lower case, as it is printed in machine formats.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
