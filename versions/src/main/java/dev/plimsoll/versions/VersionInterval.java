package dev.plimsoll.versions;

import java.util.Optional;

/// An unbroken run of versions, as text; a scheme gives the order. Its own text is `>=1.0 <2.0`, `<=3`, `=1.2`,
/// `*`.
///
/// @param lower empty where it begins with the first version
/// @param upper empty where it has no end
public record VersionInterval(Optional<Bound> lower, Optional<Bound> upper) {

    /// One end.
    ///
    /// @param inclusive whether the version itself lies in the interval
    public record Bound(String version, boolean inclusive) {
        public Bound {
            if (version.isBlank() || version.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("not a version: '" + version + "'");
            }
        }
    }

    /// Every version.
    public static final VersionInterval ALL = new VersionInterval(Optional.empty(), Optional.empty());

    /// Exactly one version.
    public static VersionInterval exactly(String version) {
        var bound = Optional.of(new Bound(version, true));
        return new VersionInterval(bound, bound);
    }

    /// Everything before a version.
    public static VersionInterval before(String fixed) {
        return new VersionInterval(Optional.empty(), Optional.of(new Bound(fixed, false)));
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException when the text has another form
    public static VersionInterval parse(String text) {
        if (text.equals("*")) {
            return ALL;
        }
        Optional<Bound> lower = Optional.empty();
        Optional<Bound> upper = Optional.empty();
        for (var part : text.split(" ", -1)) {
            if (part.startsWith(">=")) {
                lower = Optional.of(new Bound(part.substring(2), true));
            } else if (part.startsWith(">")) {
                lower = Optional.of(new Bound(part.substring(1), false));
            } else if (part.startsWith("<=")) {
                upper = Optional.of(new Bound(part.substring(2), true));
            } else if (part.startsWith("<")) {
                upper = Optional.of(new Bound(part.substring(1), false));
            } else if (part.startsWith("=")) {
                return exactly(part.substring(1));
            } else {
                throw new IllegalArgumentException("not an interval of versions: '" + text + "'");
            }
        }
        return new VersionInterval(lower, upper);
    }

    @Override
    public String toString() {
        if (lower.isEmpty() && upper.isEmpty()) {
            return "*";
        }
        if (lower.equals(upper)) {
            return "=" + lower.get().version();
        }
        var from = lower.map(bound -> (bound.inclusive() ? ">=" : ">") + bound.version());
        var to = upper.map(bound -> (bound.inclusive() ? "<=" : "<") + bound.version());
        return from.isPresent() && to.isPresent()
                ? from.get() + " " + to.get()
                : from.or(() -> to).orElseThrow();
    }
}
