package dev.plimsoll.server.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a message is tried again.
///
/// Source: Standard Webhooks 1.0.0, "Deliverability and reliability".
///
/// @param waits from an attempt that failed to the next one; after the last the message is dead
public record RetrySchedule(List<Duration> waits) {

    /// Ten attempts in a day: at once, and about 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h after the first.
    public static final RetrySchedule STANDARD = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(25),
            Duration.ofMinutes(90),
            Duration.ofHours(3),
            Duration.ofHours(5),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(4)));

    /// How much longer a wait may become by chance, so that what failed together is not tried together.
    private static final double JITTER = 0.1;

    public RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a wait cannot be negative: " + waits);
        }
    }

    /// How long to wait after an attempt that failed.
    ///
    /// @param attempts that were made, from 1
    /// @return empty where there is no further one
    public Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts > waits.size()) {
            return Optional.empty();
        }
        var wait = waits.get(attempts - 1);
        return Optional.of(wait.plusNanos((long) (wait.toNanos() * JITTER * random.nextDouble())));
    }
}
