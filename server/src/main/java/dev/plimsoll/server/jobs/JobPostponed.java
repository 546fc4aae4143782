package dev.plimsoll.server.jobs;

import java.time.Duration;

/// A job must wait for something else to end. It goes back to the queue, and the attempt does not count.
public final class JobPostponed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration pause;

    /// @param message what it waits for, a sentence
    public JobPostponed(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
