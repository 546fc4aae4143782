package dev.plimsoll.advisory;

import java.util.Locale;

/// What a source says about a fix.
public enum FixState {
    FIXED,
    NOT_FIXED,
    /// The source will not fix it (Debian's ignored, no-dsa and end-of-life, Red Hat's "will not fix").
    WONT_FIX,
    /// The source says that the package never had it.
    NOT_AFFECTED,
    UNKNOWN;

    /// As machine formats print it: `fixed`, `not-fixed`, `wont-fix`, `not-affected`, `unknown`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
