package dev.plimsoll.server.notify.slack;

import dev.plimsoll.server.notify.sending.TicketStore;
import java.util.Optional;

/// Remembers no thread, so that each message stands by itself.
enum NoThreads implements TicketStore {
    INSTANCE;

    @Override
    public Optional<Ticket> find(String groupKey) {
        return Optional.empty();
    }

    @Override
    public boolean reserve(String groupKey) {
        return true;
    }

    @Override
    public void opened(String groupKey, String id, String key) {}

    @Override
    public void done(String groupKey) {}
}
