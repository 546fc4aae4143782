package dev.plimsoll.server.advisories;

import dev.plimsoll.server.http.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table of revisions.
public final class Revisions {

    private static final String SELECT = "select id, object, content, built_at, imported_at, origin, state, reason,"
            + " decided_by, active_from, active_to, records, summary from revision ";

    /// Of PostgreSQL's advisory locks: taken shared while matches are made under the active revision, alone while
    /// another revision takes its place.
    private static final String LOCK = "7001, 1";

    private static final String IMPORTS = "7001, 2";

    private Revisions() {}

    /// Nobody activates a revision until the transaction ends.
    static void lockShared(Handle handle) {
        handle.createQuery("select pg_advisory_xact_lock_shared(" + LOCK + ")")
                .map((_, _) -> true)
                .one();
    }

    /// Nobody matches under the active revision until the transaction ends.
    static void lockAlone(Handle handle) {
        handle.createQuery("select pg_advisory_xact_lock(" + LOCK + ")")
                .map((_, _) -> true)
                .one();
    }

    /// Nobody adds a revision until the transaction ends.
    static void lockImports(Handle handle) {
        handle.createQuery("select pg_advisory_xact_lock(" + IMPORTS + ")")
                .map((_, _) -> true)
                .one();
    }

    /// The one that counts; empty where there is no data yet.
    public static Optional<Revision> active(Handle handle) {
        return handle.createQuery(SELECT + "where state = 'active'")
                .map((row, _) -> read(row))
                .findOne();
    }

    public static Optional<Revision> byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    static Revision demanded(Handle handle, long id) {
        return byId(handle, id)
                .orElseThrow(() ->
                        ProblemException.notFound("there is no revision " + id + "; GET /api/v1/revisions lists them"));
    }

    /// The one that counted at an instant.
    public static Optional<Revision> at(Handle handle, Instant at) {
        return handle.createQuery(
                        SELECT
                                + "where active_from <= :at and (active_to is null or active_to > :at) order by id desc limit 1")
                .bind("at", at)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// The newest ones with these contents that were not refused.
    static Optional<Revision> withContent(Handle handle, String content) {
        return handle.createQuery(
                        SELECT
                                + "where content = :content and state in ('active', 'checking', 'held') order by id desc limit 1")
                .bind("content", content)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// Newest first.
    static List<Revision> page(Handle handle, Optional<Long> before, int limit) {
        return handle.createQuery(SELECT + "where id < :before order by id desc limit :limit")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// Adds one that is to be checked.
    static long add(
            Handle handle, String object, String content, Instant builtAt, Instant now, String origin, long records) {
        return handle.createQuery("""
                        insert into revision (object, content, built_at, imported_at, origin, state, records)
                        values (:object, :content, :built, :now, :origin, 'checking', :records) returning id""")
                .bind("object", object)
                .bind("content", content)
                .bind("built", builtAt)
                .bind("now", now)
                .bind("origin", origin)
                .bind("records", records)
                .mapTo(Long.class)
                .one();
    }

    /// Changes the state of one that has a certain state now.
    ///
    /// @return whether it had it
    static boolean move(
            Handle handle,
            long id,
            Revision.State from,
            Revision.State to,
            Optional<String> reason,
            Optional<String> decidedBy) {
        return handle.createUpdate("""
                                update revision set state = :to, reason = :reason,
                                    decided_by = coalesce(:decided, decided_by)
                                where id = :id and state = :from""")
                        .bind("id", id)
                        .bind("from", from.word())
                        .bind("to", to.word())
                        .bind("reason", reason.orElse(null))
                        .bind("decided", decidedBy.orElse(null))
                        .execute()
                > 0;
    }

    private static Revision read(ResultSet row) throws SQLException {
        return new Revision(
                row.getLong("id"),
                row.getString("object"),
                row.getString("content"),
                row.getTimestamp("built_at").toInstant(),
                row.getTimestamp("imported_at").toInstant(),
                row.getString("origin"),
                Revision.State.of(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("decided_by")),
                instant(row.getTimestamp("active_from")),
                instant(row.getTimestamp("active_to")),
                row.getLong("records"),
                Optional.ofNullable(row.getString("summary")));
    }

    static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
