package dev.plimsoll.server.notify.sending;

import dev.plimsoll.server.notify.message.Message;

/// Sends messages to one channel. Used by several threads at once where its kind allows several in
/// flight.
///
/// Both methods return within a minute or so, throw nothing but for defects, and answer an interrupted
/// thread with {@link Outcome.Retry}.
public interface Sender {

    /// Sends a message. It may have arrived before: the message's id is the same then.
    Outcome send(Message message, Attempt attempt);

    /// Tries the real way to the channel, and shows the vendor's own words.
    Outcome test(TestCall call);
}
