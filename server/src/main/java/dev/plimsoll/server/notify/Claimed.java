package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A delivery that this server sends now, and the channel as it is now.
///
/// @param attempts made with this one
/// @param counted of them, those that the schedule counts
/// @param channelState what the channel said to be given again
/// @param owner of the lease
/// @param at when it was claimed
record Claimed(
        UUID id,
        long accountId,
        long channelId,
        String channel,
        String kind,
        JsonObject settings,
        Optional<byte[]> secrets,
        String document,
        int attempts,
        int counted,
        Optional<String> channelState,
        String owner,
        Instant at) {}
