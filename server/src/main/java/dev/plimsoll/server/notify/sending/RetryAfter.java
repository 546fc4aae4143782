package dev.plimsoll.server.notify.sending;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long a receiver asks to be left alone.
///
/// Source: RFC 9110, 10.2.3 "Retry-After": seconds, or an HTTP date.
public final class RetryAfter {

    /// Longer waits are cut to it: a receiver does not decide that a message is never sent.
    public static final Duration LONGEST = Duration.ofHours(24);

    private RetryAfter() {}

    /// @param header as it came, empty where there was none
    /// @param now that a date is compared with
    /// @return from nothing to {@link #LONGEST}; empty where the header is missing or makes no sense
    public static Optional<Duration> of(Optional<String> header, Instant now) {
        return header.map(String::strip).flatMap(text -> wait(text, now)).map(RetryAfter::bounded);
    }

    private static Optional<Duration> wait(String text, Instant now) {
        if (text.matches("[0-9]+")) {
            return Optional.of(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return Optional.of(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
