package dev.plimsoll.advisory.rubysec;

import dev.plimsoll.advisory.feed.RequirementIntervals;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.util.Optional;
import java.util.regex.Pattern;

/// A requirement of RubyGems, `~> 3.2.1, >= 3.2.1.2`: all its parts must hold.
///
/// Source: RubyGems Guides, "Patterns", "Declaring Dependencies"; `Gem::Requirement`.
final class GemRequirement {

    private static final Pattern PART = Pattern.compile("(>=|<=|~>|>|<|=|!=)?\\s*([0-9][0-9A-Za-z.-]*)");

    private GemRequirement() {}

    /// The versions that satisfy it; empty where the text is no requirement, or needs more than one interval (`!=`).
    static Optional<VersionInterval> parse(String text, VersionScheme order) {
        var interval = Optional.of(VersionInterval.ALL);
        for (var part : text.split(",", -1)) {
            var matcher = PART.matcher(part.strip());
            if (!matcher.matches()
                    || !RequirementIntervals.isComparable(VersionInterval.exactly(matcher.group(2)), order)) {
                return Optional.empty();
            }
            var operator = matcher.group(1) == null ? "=" : matcher.group(1);
            var one = interval(operator, matcher.group(2));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            interval = interval.flatMap(both -> RequirementIntervals.intersection(both, one.get(), order));
        }
        return interval;
    }

    private static Optional<VersionInterval> interval(String operator, String version) {
        return switch (operator) {
            case ">=" -> Optional.of(new VersionInterval(bound(version, true), Optional.empty()));
            case ">" -> Optional.of(new VersionInterval(bound(version, false), Optional.empty()));
            case "<=" -> Optional.of(new VersionInterval(Optional.empty(), bound(version, true)));
            case "<" -> Optional.of(new VersionInterval(Optional.empty(), bound(version, false)));
            case "=" -> Optional.of(VersionInterval.exactly(version));
            case "~>" -> Optional.of(new VersionInterval(bound(version, true), bound(bumped(version), false)));
            default -> Optional.empty();
        };
    }

    private static Optional<Bound> bound(String version, boolean inclusive) {
        return Optional.of(new Bound(version, inclusive));
    }

    /// `3.2.1` to `3.3.a`, which lies before every pre-release of 3.3: those do not satisfy `~> 3.2.1` either.
    private static String bumped(String version) {
        var release = version.split("[.-]?[A-Za-z]|-", 2)[0];
        var parts = release.split("\\.", -1);
        var kept = Math.max(1, parts.length - 1);
        var out = new StringBuilder();
        for (int i = 0; i < kept; i++) {
            var last = i == kept - 1;
            out.append(i == 0 ? "" : ".")
                    .append(last ? new java.math.BigInteger(parts[i]).add(java.math.BigInteger.ONE) : parts[i]);
        }
        return out.append(".a").toString();
    }
}
