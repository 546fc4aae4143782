package dev.plimsoll.policy.gate;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.policy.NextChange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// When a release ends, as a rule counts it.
///
/// @param day from whose beginning in UTC no fixes come; empty where the data only say yes or no
/// @param ended whether the data say that it is over, where they give no day
/// @param extended whether the end is that of support beyond the end of life
record EndOfLife(Optional<LocalDate> day, boolean ended, boolean extended) {

    /// @param withExtension whether support beyond the end of life counts
    static EndOfLife of(Lifecycle lifecycle, boolean withExtension) {
        if (withExtension && lifecycle.extension().isPresent()) {
            var extension = lifecycle.extension().get();
            return new EndOfLife(extension.end(), extension.ended(), true);
        }
        return new EndOfLife(lifecycle.endOfLife(), lifecycle.ended(), false);
    }

    private Optional<Instant> end() {
        return day.map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Optional<Instant> nearFrom(int withinDays) {
        return end().map(instant -> instant.minus(Duration.ofDays(withinDays)));
    }

    /// Whether it is over, or will be in so many days.
    boolean isNear(Instant at, int withinDays) {
        return nearFrom(withinDays).map(from -> !at.isBefore(from)).orElse(ended);
    }

    /// The next instant at which the answer is another one: when the end comes near, and the end itself.
    Optional<NextChange> change(String name, Instant at, int withinDays) {
        var near = nearFrom(withinDays)
                .filter(at::isBefore)
                .map(instant -> new NextChange(
                        instant,
                        withinDays == 0
                                ? name + " reaches its end of life"
                                : name + " is " + withinDays + " days from its end of life"));
        var over =
                end().filter(at::isBefore).map(instant -> new NextChange(instant, name + " reaches its end of life"));
        return NextChange.first(near, over);
    }

    /// For a sentence: `gets no more fixes since 2024-10-07`.
    String words(Instant at) {
        var support = extended ? " (extended support)" : "";
        if (day.isEmpty()) {
            return "gets no more fixes" + support;
        }
        return at.isBefore(end().orElseThrow())
                ? "gets no more fixes from " + day.get() + " on" + support
                : "gets no more fixes since " + day.get() + support;
    }

    /// The day, for messages that time does not change.
    String place() {
        return day.map(LocalDate::toString).orElse("no known day");
    }
}
