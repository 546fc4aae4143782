package dev.plimsoll.server.judging;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which revision of the advisory data counts, and counted when.
final class Revisions {

    private Revisions() {}

    static Optional<Long> active(Handle handle) {
        return handle.createQuery("select id from revision where state = 'active'")
                .mapTo(Long.class)
                .findOne();
    }

    static Optional<Long> at(Handle handle, Instant instant) {
        return handle.createQuery("""
                        select id from revision
                        where active_from <= :at and (active_to is null or active_to > :at)
                        order by active_from desc, id desc limit 1""").bind("at", instant).mapTo(Long.class).findOne();
    }
}
