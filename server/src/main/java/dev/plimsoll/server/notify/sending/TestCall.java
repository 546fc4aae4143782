package dev.plimsoll.server.notify.sending;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody wants to know whether a channel works.
///
/// @param id of the test, as the id of a message
/// @param account name of the account
/// @param actor name of whoever asks
/// @param at now
/// @param recipient whom to send it to instead of the channel's own recipients, an e-mail address
public record TestCall(UUID id, String account, String actor, Instant at, Optional<String> recipient) {}
