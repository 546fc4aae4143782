package dev.plimsoll.server.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test turns.
final class TestClock implements InstantSource {

    static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
