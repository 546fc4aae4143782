package dev.plimsoll.advisory.osv;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The versions that an `affected` object names, as intervals.
///
/// Source: OSV schema, "affected[].ranges fields" and "affected[].versions".
///
/// @param fixedIn versions of `fixed` events, in their order
/// @param problems what could not be read, in words
record OsvRanges(List<VersionInterval> intervals, List<String> fixedIn, List<String> problems) {

    /// A record names a few dozen events; in events.
    static final int MAX_EVENTS = 10_000;

    /// In versions; the longest lists of real records hold some hundreds.
    static final int MAX_VERSIONS = 50_000;

    private enum Kind {
        INTRODUCED,
        LAST_AFFECTED,
        FIXED
    }

    private record Event(Kind kind, String version) {}

    /// @param scheme orders the events; without one they are taken in the order of the text
    static OsvRanges of(JsonObject affected, Optional<VersionScheme> scheme) {
        var intervals = new ArrayList<VersionInterval>();
        var fixedIn = new ArrayList<String>();
        var problems = new ArrayList<String>();
        for (var range : affected.objects("ranges")) {
            if (!range.string("type").orElse("").equals("GIT")) {
                var events = events(range, problems);
                scheme.filter(order -> areComparable(events, order)).ifPresent(order -> events.sort(byVersion(order)));
                intervals(events, intervals, problems);
                events.stream().filter(event -> event.kind == Kind.FIXED).forEach(event -> fixedIn.add(event.version));
            }
        }
        if (fixedIn.isEmpty()) {
            lastKnown(affected, intervals);
        }
        explicit(affected, scheme, intervals, problems);
        return new OsvRanges(List.copyOf(intervals), fixedIn.stream().distinct().toList(), List.copyOf(problems));
    }

    private static List<Event> events(JsonObject range, List<String> problems) {
        var events = new ArrayList<Event>();
        for (var event : range.objects("events")) {
            if (events.size() >= MAX_EVENTS) {
                problems.add("over " + MAX_EVENTS + " events; those behind are not read");
                break;
            }
            event.string("introduced")
                    .filter(OsvRanges::isVersion)
                    .ifPresent(version -> events.add(new Event(Kind.INTRODUCED, version)));
            event.string("fixed")
                    .filter(OsvRanges::isVersion)
                    .ifPresent(version -> events.add(new Event(Kind.FIXED, version)));
            event.string("last_affected")
                    .filter(OsvRanges::isVersion)
                    .ifPresent(version -> events.add(new Event(Kind.LAST_AFFECTED, version)));
        }
        return events;
    }

    /// An empty text stands in real records where there is no fix.
    private static boolean isVersion(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isWhitespace);
    }

    /// Without an order for all of them, the order of the text stands: a comparison that calls unlike texts equal
    /// would sort nothing.
    private static boolean areComparable(List<Event> events, VersionScheme order) {
        return events.stream()
                .map(Event::version)
                .allMatch(version ->
                        version.equals("0") || order.compare(version, version).isPresent());
    }

    private static Comparator<Event> byVersion(VersionScheme order) {
        // "0" is before every version, whatever the scheme thinks of it.
        return Comparator.<Event, Boolean>comparing(event -> !event.version.equals("0"))
                .thenComparing((left, right) ->
                        order.compare(left.version, right.version).orElse(0));
    }

    private static void intervals(List<Event> events, List<VersionInterval> intervals, List<String> problems) {
        if (!events.isEmpty() && events.stream().noneMatch(event -> event.kind == Kind.INTRODUCED)) {
            problems.add("a range says where it ends and not where it begins (introduced)");
        }
        Optional<Bound> lower = Optional.empty();
        var open = false;
        for (var event : events) {
            switch (event.kind) {
                case INTRODUCED -> {
                    if (!open) {
                        open = true;
                        lower = event.version.equals("0")
                                ? Optional.empty()
                                : Optional.of(new Bound(event.version, true));
                    }
                }
                case FIXED, LAST_AFFECTED -> {
                    if (open) {
                        intervals.add(new VersionInterval(
                                lower, Optional.of(new Bound(event.version, event.kind == Kind.LAST_AFFECTED))));
                        open = false;
                    }
                }
            }
        }
        if (open) {
            intervals.add(new VersionInterval(lower, Optional.empty()));
        }
    }

    /// GitHub's `last_known_affected_version_range`, `<= 1.2.3`, closes a range that has no fix.
    private static void lastKnown(JsonObject affected, List<VersionInterval> intervals) {
        var text = affected.object("database_specific")
                .string("last_known_affected_version_range")
                .map(String::strip)
                .orElse("");
        var inclusive = text.startsWith("<=");
        var version = inclusive
                ? text.substring(2).strip()
                : text.startsWith("<") ? text.substring(1).strip() : "";
        if (isVersion(version)
                && !intervals.isEmpty()
                && intervals.getLast().upper().isEmpty()) {
            var last = intervals.removeLast();
            intervals.add(new VersionInterval(last.lower(), Optional.of(new Bound(version, inclusive))));
        }
    }

    private static void explicit(
            JsonObject affected,
            Optional<VersionScheme> scheme,
            List<VersionInterval> intervals,
            List<String> problems) {
        var ranges = List.copyOf(intervals);
        var count = 0;
        for (var version : affected.strings("versions")) {
            if (++count > MAX_VERSIONS) {
                problems.add("over " + MAX_VERSIONS + " versions; those behind are not read");
                break;
            }
            var inside = scheme.map(order -> order.check(version, ranges) instanceof RangeCheck.Inside)
                    .orElse(false);
            if (isVersion(version) && !inside) {
                intervals.add(VersionInterval.exactly(version));
            }
        }
    }
}
