package dev.plimsoll.server.jobs;

import java.time.Duration;

/// Something that is done again and again on a thread of its own while the service runs.
///
/// @param name for logs and threads
/// @param pause between the end of a turn and the next
public record Periodic(String name, Duration pause, Turn turn) {

    /// One turn. What it throws is logged, and the next turn comes all the same.
    @FunctionalInterface
    public interface Turn {

        /// @return whether there may be more to do at once, without a pause
        boolean take() throws Exception;
    }
}
