package dev.plimsoll.policy.gate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// How old something may be.
final class Ages {

    private Ages() {}

    /// The first instant at which something is older than so many days.
    static Instant firstBeyond(Instant beginning, int days) {
        try {
            return beginning.plus(Duration.ofDays(days)).plusSeconds(1);
        } catch (DateTimeException | ArithmeticException _) {
            return Instant.MAX;
        }
    }

    /// `1 day`, `7 days`.
    static String days(int count) {
        return count == 1 ? "1 day" : count + " days";
    }
}
