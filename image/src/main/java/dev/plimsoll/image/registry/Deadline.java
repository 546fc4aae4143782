package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import java.time.Duration;

/// When everything must be done.
///
/// @param start by the clock of System.nanoTime, which nobody sets
record Deadline(long start, Duration timeout) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime(), timeout);
    }

    /// At least one, for waiting.
    long leftNanos() {
        return Math.max(1, timeout.toNanos() - (System.nanoTime() - start));
    }

    /// The shorter of a time and what is left.
    Duration atMost(Duration time) {
        var left = Duration.ofNanos(leftNanos());
        return left.compareTo(time) < 0 ? left : time;
    }

    /// @throws ImageException when the time is over
    void check() throws ImageException {
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw Failure.unreadable("the reading took longer than " + timeout.toMillis() / 1000.0 + " s (--timeout)");
        }
    }
}
