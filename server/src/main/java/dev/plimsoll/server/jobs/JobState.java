package dev.plimsoll.server.jobs;

import java.util.Locale;
import java.util.Optional;

/// Where a job stands.
public enum JobState {
    /// Waits for a worker, or for its next attempt.
    QUEUED,
    RUNNING,
    DONE,
    /// Cannot be done: its reason says why. Somebody may have it tried again.
    POISON,
    /// Somebody wanted it no more.
    CANCELLED;

    /// As the API and the table write it: `poison`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing happens to it any more by itself.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case DONE, POISON, CANCELLED -> true;
        };
    }

    public static Optional<JobState> of(String word) {
        for (var state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
