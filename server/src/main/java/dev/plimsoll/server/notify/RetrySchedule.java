package dev.plimsoll.server.notify;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a message is tried again, counted from its first attempt.
///
/// Source: Standard Webhooks 1.0.0, "Deliverability and reliability", spread over a day.
///
/// @param times of all attempts, the first at zero, growing
public record RetrySchedule(List<Duration> times) {

    /// Ten attempts in 24 hours.
    public static final RetrySchedule DAY = of("0s, 5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h");

    /// How much longer a wait may become by chance, so that what failed together is not tried together.
    private static final double JITTER = 0.1;

    public RetrySchedule {
        times = List.copyOf(times);
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i).compareTo(i == 0 ? Duration.ZERO : times.get(i - 1)) < 0) {
                throw new IllegalArgumentException("the times of attempts must grow: " + times);
            }
        }
        if (times.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs one attempt at least");
        }
    }

    /// Reads `0s, 5s, 5m, 2h`.
    ///
    /// @throws IllegalArgumentException where it is no such list
    public static RetrySchedule of(String text) {
        return new RetrySchedule(
                Arrays.stream(text.split(",", -1)).map(RetrySchedule::time).toList());
    }

    private static Duration time(String text) {
        var word = text.strip();
        if (!word.matches("[0-9]{1,9}(ms|s|m|h)")) {
            throw new IllegalArgumentException(
                    "'" + word + "' is no time of an attempt: write a number with ms, s, m or h");
        }
        var unit = word.replaceAll("[0-9]", "");
        long number = Long.parseLong(word.substring(0, word.length() - unit.length()));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /// How long to wait after an attempt that failed.
    ///
    /// @param attempts that were made, from 1
    /// @return empty where there is no further one
    public Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts >= times.size()) {
            return Optional.empty();
        }
        var wait = times.get(attempts).minus(times.get(attempts - 1));
        return Optional.of(wait.plusNanos((long) (wait.toNanos() * JITTER * random.nextDouble())));
    }
}
