package dev.plimsoll.advisory.feed;

import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From the versions that are safe to those that are not: the gaps between intervals.
public final class RequirementIntervals {

    private RequirementIntervals() {}

    /// Everything that lies in none of the intervals.
    ///
    /// @param order of the versions; every bound must be comparable
    public static List<VersionInterval> complement(List<VersionInterval> safe, VersionScheme order) {
        var sorted = new ArrayList<>(safe);
        sorted.sort((left, right) -> compareLower(left.lower(), right.lower(), order));
        var gaps = new ArrayList<VersionInterval>();
        Optional<Bound> from = Optional.empty();
        var begun = false;
        for (var interval : sorted) {
            var open = !begun || from.isPresent();
            if (open
                    && interval.lower().isPresent()
                    && leavesGap(from, interval.lower().get(), order)) {
                gaps.add(new VersionInterval(
                        from, Optional.of(turned(interval.lower().get()))));
            }
            if (interval.upper().isEmpty()) {
                return List.copyOf(gaps);
            }
            var next = turned(interval.upper().get());
            if (from.isEmpty() || compareLower(from, Optional.of(next), order) < 0) {
                from = Optional.of(next);
            }
            begun = true;
        }
        gaps.add(new VersionInterval(from, Optional.empty()));
        return List.copyOf(gaps);
    }

    /// Both at once; empty where no version can lie in both.
    public static Optional<VersionInterval> intersection(
            VersionInterval left, VersionInterval right, VersionScheme order) {
        var lower = compareLower(left.lower(), right.lower(), order) >= 0 ? left.lower() : right.lower();
        var upper = compareUpper(left.upper(), right.upper(), order) <= 0 ? left.upper() : right.upper();
        if (lower.isPresent() && upper.isPresent()) {
            var compared = compare(lower.get(), upper.get(), order);
            if (compared > 0
                    || (compared == 0
                            && !(lower.get().inclusive() && upper.get().inclusive()))) {
                return Optional.empty();
            }
        }
        return Optional.of(new VersionInterval(lower, upper));
    }

    /// The first version of each patched interval. One that begins behind a version (`> 0.22.0`) has no first version
    /// that can be named.
    public static List<String> firstVersions(List<VersionInterval> patched) {
        return patched.stream()
                .flatMap(interval -> interval.lower().stream())
                .filter(Bound::inclusive)
                .map(Bound::version)
                .distinct()
                .toList();
    }

    /// What can be said where no first version can be named, `fixed after 0.22.0`; empty where all can.
    public static String fixedAfter(List<VersionInterval> patched) {
        return patched.stream()
                .flatMap(interval -> interval.lower().stream())
                .filter(bound -> !bound.inclusive())
                .map(bound -> "fixed after " + bound.version())
                .findFirst()
                .orElse("");
    }

    /// Whether the scheme can read both ends. One that it cannot read would be equal to every other.
    public static boolean isComparable(VersionInterval interval, VersionScheme order) {
        return isComparable(interval.lower(), order) && isComparable(interval.upper(), order);
    }

    private static boolean isComparable(Optional<Bound> bound, VersionScheme order) {
        return bound.map(Bound::version)
                .map(version -> order.compare(version, version).isPresent())
                .orElse(true);
    }

    private static boolean leavesGap(Optional<Bound> from, Bound lower, VersionScheme order) {
        if (from.isEmpty()) {
            return true;
        }
        var compared = compare(from.get(), lower, order);
        return compared < 0 || (compared == 0 && from.get().inclusive() && !lower.inclusive());
    }

    private static Bound turned(Bound bound) {
        return new Bound(bound.version(), !bound.inclusive());
    }

    private static int compareLower(Optional<Bound> left, Optional<Bound> right, VersionScheme order) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isPresent(), right.isPresent());
        }
        var compared = compare(left.get(), right.get(), order);
        return compared != 0
                ? compared
                : Boolean.compare(right.get().inclusive(), left.get().inclusive());
    }

    private static int compareUpper(Optional<Bound> left, Optional<Bound> right, VersionScheme order) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(right.isPresent(), left.isPresent());
        }
        var compared = compare(left.get(), right.get(), order);
        return compared != 0
                ? compared
                : Boolean.compare(left.get().inclusive(), right.get().inclusive());
    }

    private static int compare(Bound left, Bound right, VersionScheme order) {
        return order.compare(left.version(), right.version()).orElse(0);
    }
}
