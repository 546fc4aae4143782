package dev.plimsoll.policy;

import java.util.Locale;

/// What a rule demands when it fires. Ordered from mild to severe.
public enum Action {
    GO,
    WARN,
    STOP;

    /// Lower case, as results print it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
