package dev.plimsoll.server.advisories;

import java.util.Locale;

/// What a revision does to one match.
enum Change {
    /// It is new.
    ADDED(Told.ADDED),
    /// It is another in something that a policy may ask.
    CHANGED(Told.CHANGED),
    /// It is over.
    GONE(Told.GONE),
    /// It counts now, it did not before.
    SHOWN(Told.ADDED),
    /// It counts no more, but is kept with the reason.
    HIDDEN(Told.GONE),
    /// Its row ends, and nobody cares: it did not count, or goes on by another id.
    CLOSED(Told.NOTHING),
    /// Its row is another, and nobody cares: it counts neither before nor now.
    SILENT(Told.NOTHING),
    /// Its row stays; what is known beside it changed.
    TOUCHED(Told.CHANGED);

    private final Told told;

    Change(Told told) {
        this.told = told;
    }

    /// In which list of an event it stands.
    enum Told {
        ADDED,
        CHANGED,
        GONE,
        NOTHING
    }

    Told told() {
        return told;
    }

    /// As the table writes it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Change of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
