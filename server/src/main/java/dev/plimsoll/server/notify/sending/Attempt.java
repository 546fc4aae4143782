package dev.plimsoll.server.notify.sending;

import java.time.Instant;
import java.util.Optional;

/// The circumstances under which a message is sent.
///
/// @param number from 1; above 1 the message may have arrived before
/// @param at now
/// @param document the message as JSON, the same bytes at each attempt: at most 20 KB
/// @param state what the channel gave with an earlier outcome of this message, empty at the first
public record Attempt(int number, Instant at, String document, Optional<String> state) {}
