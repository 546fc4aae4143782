package dev.plimsoll.image;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How an engine finds out whether a container still works.
///
/// Source: Docker Image Specification v1.2, `Healthcheck`; Moby, `HealthcheckConfig`.
///
/// @param test `NONE`, `CMD` with words or `CMD-SHELL` with a command line; empty inherits
/// @param times empty where they are not known
public record Healthcheck(List<String> test, Optional<Times> times) {

    public Healthcheck {
        test = List.copyOf(test);
    }

    /// A test of which nothing else is known.
    public static Healthcheck ofTest(List<String> test) {
        return new Healthcheck(test, Optional.empty());
    }

    /// When it is tried and when it has failed. Zero leaves it to the engine.
    ///
    /// @param interval between two tries
    /// @param timeout after which a try has failed
    /// @param startPeriod in which failures do not count
    /// @param startInterval between two tries in that period
    /// @param retries failures in a row that make the container unhealthy
    public record Times(
            Duration interval, Duration timeout, Duration startPeriod, Duration startInterval, int retries) {

        /// All is left to the engine.
        public static final Times OF_ENGINE = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }
}
