package dev.plimsoll.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The next instant at which time alone, with the same image, data and bundle, may change an answer.
///
/// @param at the first instant at which the answer may be another one
/// @param why one clause: `the allowlist item minimist-until-summer expires`
public record NextChange(Instant at, String why) implements Comparable<NextChange> {

    private static final Comparator<NextChange> ORDER =
            Comparator.comparing(NextChange::at).thenComparing(NextChange::why);

    /// The one that comes first.
    public static Optional<NextChange> first(Optional<NextChange> one, Optional<NextChange> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(ORDER);
    }

    @Override
    public int compareTo(NextChange other) {
        return ORDER.compare(this, other);
    }
}
