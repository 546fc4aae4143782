package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryScheduleTest {

    @Test
    void waitsLongerEachTimeAndEnds() {
        var random = new Random(7);
        for (int attempt = 1; attempt <= 9; attempt++) {
            var wait = RetrySchedule.STANDARD.waits().get(attempt - 1);
            assertThat(RetrySchedule.STANDARD.after(attempt, random).orElseThrow())
                    .isBetween(wait, wait.multipliedBy(11).dividedBy(10));
        }
        assertThat(RetrySchedule.STANDARD.after(10, random)).isEmpty();
        assertThat(RetrySchedule.STANDARD.waits().stream().reduce(Duration.ZERO, Duration::plus))
                .isGreaterThan(Duration.ofHours(24));
    }
}
