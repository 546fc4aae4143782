package dev.plimsoll.server.notify.sending;

import java.time.Duration;
import java.util.Optional;

/// What came of an attempt. The texts are shown to people and kept in the log of deliveries: no secret
/// may be in them.
public sealed interface Outcome {

    /// It arrived.
    ///
    /// @param answer the beginning of what the vendor said
    /// @param state what the channel wants to know when the same message is sent again, a `ts` or the
    /// id of a ticket
    record Delivered(String answer, Optional<String> state) implements Outcome {
        public Delivered(String answer) {
            this(answer, Optional.empty());
        }
    }

    /// It did not, or nobody knows; later it may.
    ///
    /// @param reason in the vendor's own words where there are some
    /// @param after how long the vendor asks to wait at least, empty where he says nothing
    /// @param state what the channel wants to know at the next attempt; empty leaves what is kept
    record Retry(String reason, Optional<Duration> after, Optional<String> state) implements Outcome {
        public Retry(String reason) {
            this(reason, Optional.empty(), Optional.empty());
        }

        public Retry(String reason, Optional<Duration> after) {
            this(reason, after, Optional.empty());
        }
    }

    /// Trying again makes no sense.
    ///
    /// @param reason in the vendor's own words where there are some
    /// @param destinationBroken whether no message would arrive there: the channel is paused and keeps
    /// its queue, this message included. Otherwise only this message cannot be sent: it is kept among
    /// the dead ones
    record Final(String reason, boolean destinationBroken) implements Outcome {}
}
