package dev.plimsoll.server.notify.sending;

import java.time.Duration;

/// How fast a kind of channel may be used, each channel by itself, over all servers together.
///
/// @param inFlight how many messages may be under way at once; with 1 they arrive in order
/// @param between the shortest time from the end of one attempt to the beginning of the next, none
/// where it is zero
public record Pace(int inFlight, Duration between) {

    public Pace {
        if (inFlight < 1 || between.isNegative()) {
            throw new IllegalArgumentException("a pace of " + inFlight + " in flight and " + between + " between");
        }
    }
}
