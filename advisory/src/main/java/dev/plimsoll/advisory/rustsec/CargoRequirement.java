package dev.plimsoll.advisory.rustsec;

import dev.plimsoll.advisory.feed.RequirementIntervals;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// A requirement of Cargo, `>= 1.2, < 2` or `^1.2`: all its parts must hold.
///
/// Source: The Cargo Book, "Specifying Dependencies". A bare version means the same as with a caret.
final class CargoRequirement {

    private static final Pattern PART = Pattern.compile(
            "(>=|<=|>|<|=|\\^|~)?\\s*([0-9]{1,18})(?:\\.([0-9]{1,18}|\\*))?(?:\\.([0-9]{1,18}|\\*))?(-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?");

    private CargoRequirement() {}

    /// The versions that satisfy it; empty where the text is no requirement.
    static Optional<VersionInterval> parse(String text, VersionScheme order) {
        var interval = Optional.of(VersionInterval.ALL);
        for (var part : text.split(",", -1)) {
            if (part.strip().equals("*")) {
                continue;
            }
            var matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var one = interval(
                    matcher.group(1) == null ? "^" : matcher.group(1),
                    new String[] {matcher.group(2), matcher.group(3), matcher.group(4)},
                    matcher.group(5) == null ? "" : matcher.group(5));
            if (!RequirementIntervals.isComparable(one, order)) {
                return Optional.empty();
            }
            interval = interval.flatMap(both -> RequirementIntervals.intersection(both, one, order));
        }
        return interval;
    }

    private static VersionInterval interval(String operator, String[] parts, String preRelease) {
        var given = given(parts);
        var full = part(parts, 0) + "." + part(parts, 1) + "." + part(parts, 2) + preRelease;
        return switch (operator) {
            case ">=" -> new VersionInterval(bound(full, true), Optional.empty());
            // `> 1.2` is beyond all of 1.2
            case ">" ->
                given == 3
                        ? new VersionInterval(bound(full, false), Optional.empty())
                        : new VersionInterval(bound(next(parts, given - 1), true), Optional.empty());
            case "<" -> new VersionInterval(Optional.empty(), bound(full, false));
            case "<=" ->
                given == 3
                        ? new VersionInterval(Optional.empty(), bound(full, true))
                        : new VersionInterval(Optional.empty(), bound(next(parts, given - 1), false));
            case "=" ->
                given == 3
                        ? VersionInterval.exactly(full)
                        : new VersionInterval(bound(full, true), bound(next(parts, given - 1), false));
            case "~" -> new VersionInterval(bound(full, true), bound(next(parts, Math.min(1, given - 1)), false));
            default -> new VersionInterval(bound(full, true), bound(next(parts, firstNotZero(parts, given)), false));
        };
    }

    private static int given(String[] parts) {
        return isNumber(parts[1]) ? isNumber(parts[2]) ? 3 : 2 : 1;
    }

    private static boolean isNumber(@org.jspecify.annotations.Nullable String part) {
        return part != null && !part.equals("*");
    }

    private static String part(String[] parts, int index) {
        return isNumber(parts[index]) ? parts[index] : "0";
    }

    /// What a caret may not change: the left-most part that is not zero.
    private static int firstNotZero(String[] parts, int given) {
        for (int i = 0; i < given; i++) {
            if (!part(parts, i).equals("0")) {
                return i;
            }
        }
        return given - 1;
    }

    /// The first version, pre-releases included, in which that part is one higher.
    private static String next(String[] parts, int index) {
        var out = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            var value = i < index
                    ? part(parts, i)
                    : i == index
                            ? new BigInteger(part(parts, i)).add(BigInteger.ONE).toString()
                            : "0";
            out.append(i == 0 ? "" : ".").append(value);
        }
        return out.append("-0").toString();
    }

    private static Optional<Bound> bound(String version, boolean inclusive) {
        return Optional.of(new Bound(version, inclusive));
    }
}
