package dev.plimsoll.policy.waiver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why something is waived: what a reader can count.
public enum Reason {
    ACCEPTED_RISK("the risk is known and taken"),
    FALSE_POSITIVE("what was found is not there"),
    /// With a {@link Justification}.
    NOT_AFFECTED("it is there and cannot be exploited here"),
    MITIGATED("something else keeps it from doing harm"),
    FIX_SCHEDULED("it will be mended, at a known time"),
    VENDOR_DISPUTES("its maker says that it is no weakness"),
    VENDOR_WILL_NOT_FIX("its maker will not mend it");

    private final String description;

    Reason(String description) {
        this.description = description;
    }

    /// As a file writes it: `accepted-risk`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// One clause for people.
    public String description() {
        return description;
    }

    /// Whether a justification may stand beside it: only where the image is said not to be affected.
    public boolean mayBeJustified() {
        return this == NOT_AFFECTED || this == FALSE_POSITIVE || this == MITIGATED;
    }

    public static Optional<Reason> of(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Reason::word).toList();
    }
}
