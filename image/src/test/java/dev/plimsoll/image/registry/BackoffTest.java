package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void readsSeconds() {
        assertThat(Backoff.asked("7", NOW)).contains(Duration.ofSeconds(7));
    }

    @Test
    void readsDates() {
        assertThat(Backoff.asked("Thu, 01 Jan 2026 00:00:09 GMT", NOW)).contains(Duration.ofSeconds(9));
        assertThat(Backoff.asked("Wed, 31 Dec 2025 23:59:59 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "99999999999999", "2026-01-01"})
    void anythingElseSaysNothing(String value) {
        assertThat(Backoff.asked(value, NOW)).isEqualTo(Optional.empty());
    }

    @Test
    void waitsTwiceAsLongEachTime() {
        assertThat(Backoff.after(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(Backoff.after(4)).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) {
        assertThat(Backoff.isPassing(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 206, 301, 400, 401, 403, 404, 416, 501, 505})
    void whatStaysIsNot(int status) {
        assertThat(Backoff.isPassing(status)).isFalse();
    }
}
