package dev.plimsoll.server.notify;

import dev.plimsoll.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Forgets what was delivered or is dead, and events, after a while. What still is to be sent stays.
final class Retention {

    /// Most rows of a turn and table.
    private static final int BATCH = 5_000;

    private final Database database;
    private final InstantSource clock;
    private final Duration kept;

    Retention(Database database, InstantSource clock, Duration kept) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
    }

    /// @return whether there is more
    boolean batch() {
        var before = clock.instant().minus(kept);
        int deliveries = delete("""
                delete from delivery where id in (
                    select id from delivery where state in ('delivered', 'dead') and created_at < :before
                    order by sequence limit :most)""", before);
        int events = delete("""
                delete from event where id in (
                    select e.id from event e
                    where e.dispatched_at < :before
                          and not exists (select 1 from delivery_event de where de.event_id = e.id)
                    order by e.sequence limit :most)""", before);
        return deliveries == BATCH || events == BATCH;
    }

    private int delete(String statement, Instant before) {
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate(statement)
                        .bind("before", before)
                        .bind("most", BATCH)
                        .execute());
    }
}
