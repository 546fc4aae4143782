package dev.plimsoll.server.notify;

import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.store.Database;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// The tickets of one channel, in their table. Safe for several threads.
///
/// @param channelId of a channel whose account was checked
record TicketTable(Database database, InstantSource clock, long channelId) implements TicketStore {

    @Override
    public Optional<Ticket> find(String groupKey) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select group_key, state, issue_id, issue_key, changed_at from ticket
                        where channel_id = :channel and group_key = :group""")
                        .bind("channel", channelId)
                        .bind("group", groupKey)
                        .map((row, _) -> new Ticket(
                                row.getString("group_key"),
                                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                                Optional.ofNullable(row.getString("issue_id")),
                                Optional.ofNullable(row.getString("issue_key")),
                                row.getTimestamp("changed_at").toInstant()))
                        .findOne());
    }

    @Override
    public boolean reserve(String groupKey) {
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate("""
                        insert into ticket (channel_id, group_key, state, changed_at)
                        values (:channel, :group, 'pending', :now)
                        on conflict (channel_id, group_key) do update
                        set state = 'pending', issue_id = null, issue_key = null, changed_at = :now
                        where ticket.state = 'done'""")
                                .bind("channel", channelId)
                                .bind("group", groupKey)
                                .bind("now", clock.instant())
                                .execute()
                        > 0);
    }

    @Override
    public void opened(String groupKey, String id, String key) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into ticket (channel_id, group_key, state, issue_id, issue_key, changed_at)
                        values (:channel, :group, 'open', :id, :key, :now)
                        on conflict (channel_id, group_key) do update
                        set state = 'open', issue_id = :id, issue_key = :key, changed_at = :now
                        where (ticket.state, ticket.issue_id, ticket.issue_key) is distinct from ('open', :id, :key)""")
                        .bind("channel", channelId)
                        .bind("group", groupKey)
                        .bind("id", id)
                        .bind("key", key)
                        .bind("now", clock.instant())
                        .execute());
    }

    @Override
    public void done(String groupKey) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        update ticket set state = 'done', changed_at = :now
                        where channel_id = :channel and group_key = :group and state <> 'done'""")
                        .bind("channel", channelId)
                        .bind("group", groupKey)
                        .bind("now", clock.instant())
                        .execute());
    }
}
