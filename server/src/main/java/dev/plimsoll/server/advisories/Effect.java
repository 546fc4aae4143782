package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.server.events.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a revision does to one match of one package.
///
/// @param row the new match, or the one that is gone
record Effect(MatchRow row, Change change, Set<Cause> causes) {

    Effect {
        causes = Set.copyOf(causes);
    }

    /// Compares the matches of a package before with those that it has now. What stays gives nothing.
    static List<Effect> of(Map<String, MatchRow> before, Collection<MatchRow> now) {
        var effects = new ArrayList<Effect>();
        var left = new TreeMap<>(before);
        var fresh = new ArrayList<MatchRow>();
        for (var row : now) {
            var old = left.remove(row.vulnerability());
            if (old == null) {
                fresh.add(row);
            } else if (!old.fingerprint().equals(row.fingerprint())) {
                effects.add(replaced(old, row));
            }
        }
        for (var row : fresh) {
            var renamed = left.values().stream().filter(row::means).findFirst();
            if (renamed.isPresent()) {
                left.remove(renamed.get().vulnerability());
                effects.add(new Effect(renamed.get(), Change.CLOSED, Set.of()));
                effects.add(replaced(renamed.get(), row));
            } else {
                effects.add(
                        row.suppressed().isPresent()
                                ? new Effect(row, Change.SILENT, Set.of())
                                : new Effect(row, Change.ADDED, Set.of(Cause.ADVISORY_ADDED)));
            }
        }
        for (var gone : left.values()) {
            effects.add(
                    gone.suppressed().isPresent()
                            ? new Effect(gone, Change.CLOSED, Set.of())
                            : new Effect(gone, Change.GONE, Set.of(Cause.ADVISORY_WITHDRAWN)));
        }
        return effects;
    }

    private static Effect replaced(MatchRow old, MatchRow row) {
        if (row.suppressed().isPresent()) {
            return old.suppressed().isPresent()
                    ? new Effect(row, Change.SILENT, Set.of())
                    : new Effect(row, Change.HIDDEN, Set.of(Cause.ADVISORY_CHANGED));
        }
        var causes = EnumSet.of(Cause.ADVISORY_CHANGED);
        var fixed = FixState.FIXED.word();
        if (row.fixState().equals(fixed)
                && (!old.fixState().equals(fixed) || !old.fixedIn().containsAll(row.fixedIn()))) {
            causes.add(Cause.FIX_PUBLISHED);
        }
        return new Effect(row, old.suppressed().isPresent() ? Change.SHOWN : Change.CHANGED, causes);
    }
}
