package dev.plimsoll.matching;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.versions.VersionScheme;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// What all records of a finding together say about a fix.
///
/// @param versions above the compared version, in the scheme's order
record Fix(FixState state, List<String> versions) {

    /// A fix that one record knows counts, whatever the others say; then that none will come, then that none is
    /// there yet. A version that is no newer than the installed one fixes another branch and is left out.
    static Fix of(ImagePackage item, List<Hit> hits) {
        var scheme = VersionScheme.of(item.type()).orElseThrow();
        Comparator<String> order = (left, right) -> scheme.compare(left, right).orElse(0);
        var versions = new TreeSet<String>(order.thenComparing(Comparator.naturalOrder()));
        boolean withoutVersion = false;
        boolean wontFix = false;
        boolean notFixed = false;
        for (var hit : hits) {
            var affected = hit.record().affected();
            switch (affected.fixState()) {
                case FIXED -> {
                    withoutVersion |= affected.fixedIn().isEmpty();
                    notFixed = true;
                    for (var version : affected.fixedIn()) {
                        if (scheme.compare(version, hit.search().version()).orElse(1) > 0) {
                            versions.add(version);
                        }
                    }
                }
                case WONT_FIX -> wontFix = true;
                case NOT_FIXED -> notFixed = true;
                case NOT_AFFECTED, UNKNOWN -> {}
            }
        }
        if (!versions.isEmpty() || withoutVersion) {
            return new Fix(FixState.FIXED, List.copyOf(versions));
        }
        if (wontFix) {
            return new Fix(FixState.WONT_FIX, List.of());
        }
        return new Fix(notFixed ? FixState.NOT_FIXED : FixState.UNKNOWN, List.of());
    }
}
