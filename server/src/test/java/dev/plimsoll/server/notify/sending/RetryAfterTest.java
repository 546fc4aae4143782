package dev.plimsoll.server.notify.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | PT0S
            120                           | PT2M
            ' 5 '                         | PT5S
            99999999999999999999          | PT24H
            90000                         | PT24H
            Mon, 01 Jun 2026 00:00:30 GMT | PT30S
            Sun, 31 May 2026 00:00:30 GMT | PT0S
            -1                            |
            soon                          |
            1.5                           |
            ''                            |
            """)
    void isSecondsOrADate(String header, Duration expected) {
        assertThat(RetryAfter.of(Optional.of(header), Instant.parse("2026-06-01T00:00:00Z")))
                .isEqualTo(Optional.ofNullable(expected));
        assertThat(RetryAfter.of(Optional.empty(), Instant.EPOCH)).isEmpty();
    }
}
