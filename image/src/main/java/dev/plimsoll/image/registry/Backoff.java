package dev.plimsoll.image.registry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// How long to wait before a request is made again.
///
/// Source: RFC 9110, section 10.2.3 (`Retry-After`), section 15.6; RFC 6585, section 4 (429).
final class Backoff {

    /// Of one request, the first included.
    static final int MAX_ATTEMPTS = 5;
    /// Of the waits before one request's attempts together.
    static final Duration MAX_WAIT = Duration.ofSeconds(20);
    /// Before the second attempt; each further wait is twice as long.
    static final Duration FIRST = Duration.ofMillis(500);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private Backoff() {}

    /// Whether the same request may be answered otherwise in a while.
    static boolean isPassing(int status) {
        return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    /// How long a server asks to wait, empty where it does not say so in one of the two forms.
    ///
    /// @param value of the header `Retry-After`
    static Optional<Duration> asked(String value, Instant now) {
        var text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// @param attempt that failed, from 1
    static Duration after(int attempt) {
        return FIRST.multipliedBy(1L << (attempt - 1));
    }
}
