/// Tells people what happened: channels, subscriptions, messages made of events, their deliveries.
///
/// Events are read from the outbox in their order, matched with subscriptions, gathered by group and
/// window, made into messages, and sent at least once each. Other parts of the service write events,
/// and nothing else, for this one.
@NullMarked
package dev.plimsoll.server.notify;

import org.jspecify.annotations.NullMarked;
