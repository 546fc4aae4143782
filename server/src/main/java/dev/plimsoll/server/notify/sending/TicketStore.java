package dev.plimsoll.server.notify.sending;

import java.time.Instant;
import java.util.Optional;

/// Which ticket, or thread, of a channel is about which group. Written before the vendor is asked, so
/// that after an unclear answer or a restart it is known that one may be there. Each method is a
/// transaction of its own.
public interface TicketStore {

    /// What is known of a group.
    Optional<Ticket> find(String groupKey);

    /// Notes that one is about to be made for a group that has none, or one that is done.
    ///
    /// @return false where one is pending or open: nothing was written
    boolean reserve(String groupKey);

    /// Notes the one that was made or found.
    ///
    /// @param id what the vendor never changes
    /// @param key what people call it
    void opened(String groupKey, String id, String key);

    /// Notes that it is closed; the next message of the group makes another one.
    void done(String groupKey);

    /// A group's ticket.
    ///
    /// @param id of the vendor, empty while pending
    /// @param changedAt when this was noted
    record Ticket(String groupKey, State state, Optional<String> id, Optional<String> key, Instant changedAt) {}

    /// How far it is.
    enum State {
        /// About to be made: it may exist.
        PENDING,
        OPEN,
        DONE
    }
}
