package dev.plimsoll.versions;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A scheme made of a parser and an order of what it parses.
final class ParsedScheme<V> implements VersionScheme {

    /// Characters: more than ten times the longest version in the advisories of AlmaLinux, Go, GitHub and Ubuntu.
    static final int MAX_LENGTH = 1024;

    private final String id;
    private final int longest;
    private final Function<String, Optional<V>> parser;
    private final Comparator<V> order;

    /// @param longest characters of the longest text that is taken for a version
    /// @param parser empty where the text is no version; sees printable ASCII only, no blanks
    ParsedScheme(String id, int longest, Function<String, Optional<V>> parser, Comparator<V> order) {
        this.id = id;
        this.longest = longest;
        this.parser = parser;
        this.order = order;
    }

    static <V extends Comparable<V>> ParsedScheme<V> of(String id, Function<String, Optional<V>> parser) {
        return new ParsedScheme<>(id, MAX_LENGTH, parser, Comparator.naturalOrder());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<Integer> compare(String left, String right) {
        var one = parse(left);
        var other = parse(right);
        return one.isPresent() && other.isPresent()
                ? Optional.of(Integer.signum(order.compare(one.get(), other.get())))
                : Optional.empty();
    }

    /// An interval that holds the version decides even where a bound of another cannot be read; the interval
    /// without bounds holds every text.
    @Override
    public RangeCheck check(String version, List<VersionInterval> intervals) {
        var parsed = parse(version);
        String unreadable = "";
        for (var interval : intervals) {
            if (interval.lower().isEmpty() && interval.upper().isEmpty()) {
                return new RangeCheck.Inside(interval);
            }
            if (interval.lower().equals(interval.upper())) {
                // Lists of versions hold curiosities (`0.9-ivysaur`): what nobody can read equals only itself.
                var only = interval.lower().orElseThrow().version();
                if (version.equals(only) || compare(version, only).equals(Optional.of(0))) {
                    return new RangeCheck.Inside(interval);
                }
                continue;
            }
            if (parsed.isEmpty()) {
                unreadable = version;
                continue;
            }
            var aboveLower = interval.lower().map(bound -> holds(bound, parsed.get(), 1));
            var belowUpper = interval.upper().map(bound -> holds(bound, parsed.get(), -1));
            if (aboveLower.orElse(Place.WITHIN) == Place.BEYOND || belowUpper.orElse(Place.WITHIN) == Place.BEYOND) {
                continue;
            }
            if (aboveLower.orElse(Place.WITHIN) == Place.UNREADABLE) {
                unreadable = interval.lower().orElseThrow().version();
            } else if (belowUpper.orElse(Place.WITHIN) == Place.UNREADABLE) {
                unreadable = interval.upper().orElseThrow().version();
            } else {
                return new RangeCheck.Inside(interval);
            }
        }
        return unreadable.isEmpty()
                ? new RangeCheck.Outside()
                : new RangeCheck.CannotJudge("'" + shortened(unreadable) + "' is no version of the scheme " + id);
    }

    private Optional<V> parse(String text) {
        if (text.isEmpty() || text.length() > longest) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return Optional.empty();
            }
        }
        return parser.apply(text);
    }

    /// @param side the sign that the comparison of version and bound has on the inner side
    private Place holds(VersionInterval.Bound bound, V version, int side) {
        var limit = parse(bound.version());
        if (limit.isEmpty()) {
            return Place.UNREADABLE;
        }
        int comparison = Integer.signum(order.compare(version, limit.get()));
        return comparison == side || (comparison == 0 && bound.inclusive()) ? Place.WITHIN : Place.BEYOND;
    }

    /// A hostile text must not fill a message.
    private static String shortened(String text) {
        int most = 80;
        return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
    }

    private enum Place {
        WITHIN,
        BEYOND,
        UNREADABLE
    }
}
