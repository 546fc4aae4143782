package dev.plimsoll.matching;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionScheme;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What all records of a finding together say about a fix.
///
/// @param versions above the compared version, in the scheme's order: the first is the shortest way out
/// @param date since when there is one of them
record Fix(FixState state, List<String> versions, Optional<FixDate> date) {

    /// A fix that one record knows counts, whatever the others say; then that none will come, then that none is
    /// there yet. A version that is no newer than the installed one fixes another branch and is left out; so is one
    /// that another of the records says is still affected (the first fix was not enough), as long as one is left.
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
            var enough = versions.stream()
                    .filter(version -> !isStillAffected(item, version, hits))
                    .toList();
            var counted = enough.isEmpty() ? List.copyOf(versions) : enough;
            return new Fix(FixState.FIXED, counted, date(counted, hits));
        }
        if (wontFix) {
            return new Fix(FixState.WONT_FIX, List.of(), Optional.empty());
        }
        return new Fix(notFixed ? FixState.NOT_FIXED : FixState.UNKNOWN, List.of(), Optional.empty());
    }

    /// The earliest that a record with one of the versions tells.
    private static Optional<FixDate> date(List<String> versions, List<Hit> hits) {
        return hits.stream()
                .filter(hit -> hit.record().affected().fixedIn().stream().anyMatch(versions::contains))
                .flatMap(hit -> FixDate.of(hit.record().advisory()).stream())
                .min(Comparator.naturalOrder());
    }

    /// Only records of the same look-up speak of the same versions: a binary package may have others than its source.
    private static boolean isStillAffected(ImagePackage item, String version, List<Hit> hits) {
        var scheme = VersionScheme.of(item.type()).orElseThrow();
        var matcher = PackageMatchers.of(item.type());
        for (var naming : hits) {
            if (!naming.record().affected().fixedIn().contains(version)) {
                continue;
            }
            for (var hit : hits) {
                if (hit.search().equals(naming.search())
                        && matcher.check(
                                        scheme,
                                        hit.search().ofVersion(version),
                                        hit.record().affected().affected())
                                instanceof RangeCheck.Inside) {
                    return true;
                }
            }
        }
        return false;
    }
}
