package dev.plimsoll.server.testing;

import dev.plimsoll.server.notify.sending.TicketStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tickets of one channel, in memory.
public final class MemoryTickets implements TicketStore {

    private final Map<String, Ticket> tickets = new HashMap<>();

    @Override
    public synchronized Optional<Ticket> find(String groupKey) {
        return Optional.ofNullable(tickets.get(groupKey));
    }

    @Override
    public synchronized boolean reserve(String groupKey) {
        var there = tickets.get(groupKey);
        if (there != null && there.state() != State.DONE) {
            return false;
        }
        tickets.put(groupKey, new Ticket(groupKey, State.PENDING, Optional.empty(), Optional.empty(), Instant.EPOCH));
        return true;
    }

    @Override
    public synchronized void opened(String groupKey, String id, String key) {
        tickets.put(groupKey, new Ticket(groupKey, State.OPEN, Optional.of(id), Optional.of(key), Instant.EPOCH));
    }

    @Override
    public synchronized void done(String groupKey) {
        var there = tickets.get(groupKey);
        if (there != null) {
            tickets.put(groupKey, new Ticket(groupKey, State.DONE, there.id(), there.key(), Instant.EPOCH));
        }
    }
}
