package dev.plimsoll.server.images;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.http.ProblemException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tags that are looked up in their registries again and again.
public final class Watches {

    /// In seconds: nobody asks a registry more often, and nobody forgets one.
    static final int LEAST_SECONDS = 60;

    static final int MOST_SECONDS = 30 * 24 * 3600;

    private static final String COLUMNS =
            "id, account_id, registry, repository, tag, every_seconds, next_at, last_digest, last_error, failures";

    private final InstantSource clock;

    public Watches(InstantSource clock) {
        this.clock = clock;
    }

    /// A tag that is watched.
    ///
    /// @param lastDigest that the registry told last, of a manifest or an index
    /// @param lastError of the last look, empty where it went well
    /// @param failures how many looks failed since the last that went well
    record Row(
            long id,
            long accountId,
            ImageTag tag,
            int everySeconds,
            Instant nextAt,
            Optional<String> lastDigest,
            Optional<String> lastError,
            int failures) {

        private static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    row.getLong("account_id"),
                    new ImageTag(row.getString("registry"), row.getString("repository"), row.getString("tag")),
                    row.getInt("every_seconds"),
                    row.getTimestamp("next_at").toInstant(),
                    Optional.ofNullable(row.getString("last_digest")),
                    Optional.ofNullable(row.getString("last_error")),
                    row.getInt("failures"));
        }
    }

    /// How often a body wants something looked up.
    ///
    /// @throws ProblemException where it is no number within the limits, or missing and demanded
    static Optional<Integer> seconds(JsonObject body, String member, boolean demanded) {
        if (!demanded && body.get(member).isEmpty()) {
            return Optional.empty();
        }
        var number = body.number(member).orElse(BigDecimal.ZERO);
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(LEAST_SECONDS)) < 0
                || number.compareTo(BigDecimal.valueOf(MOST_SECONDS)) > 0) {
            throw ProblemException.invalid(
                    "/" + member, "it must be a whole number between " + LEAST_SECONDS + " and " + MOST_SECONDS);
        }
        return Optional.of(number.intValueExact());
    }

    /// Watches a tag, or watches it so often from now on. A new watch is looked at at once.
    Row put(Handle handle, long accountId, ImageTag tag, int everySeconds) {
        return handle.createQuery("""
                        insert into tag_watch (account_id, registry, repository, tag, every_seconds, next_at)
                        values (:account, :registry, :repository, :tag, :every, :now)
                        on conflict (account_id, registry, repository, tag) do update set
                            every_seconds = excluded.every_seconds,
                            next_at = least(tag_watch.next_at, cast(:now as timestamptz) + make_interval(secs => excluded.every_seconds))
                        returning\s""" + COLUMNS)
                .bind("account", accountId)
                .bind("registry", tag.registry())
                .bind("repository", tag.repository())
                .bind("tag", tag.tag())
                .bind("every", everySeconds)
                .bind("now", clock.instant())
                .map((row, _) -> Row.of(row))
                .one();
    }

    static List<Row> list(Handle handle, long accountId, Optional<Long> after, int most) {
        return handle.createQuery("select " + COLUMNS
                        + " from tag_watch where account_id = :account and id > :after order by id limit :most")
                .bind("account", accountId)
                .bind("after", after.orElse(0L))
                .bind("most", most)
                .map((row, _) -> Row.of(row))
                .list();
    }

    /// @return whether there was one
    static boolean delete(Handle handle, long accountId, long id) {
        return handle.createUpdate("delete from tag_watch where account_id = :account and id = :id")
                        .bind("account", accountId)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Takes watches that are due. They are due again after their time, so that nobody else looks meanwhile, and so
    /// that one whose looker dies is looked at again.
    List<Row> claim(Handle handle, int most) {
        return handle.createQuery("""
                        with due as materialized (
                            select id from tag_watch where next_at <= :now order by next_at limit :most
                            for update skip locked)
                        update tag_watch set next_at = cast(:now as timestamptz) + make_interval(secs => every_seconds)
                        from due where tag_watch.id = due.id
                        returning\s""" + COLUMNS.replace("id, account_id", "tag_watch.id, account_id"))
                .bind("now", clock.instant())
                .bind("most", most)
                .map((row, _) -> Row.of(row))
                .list();
    }

    /// The registry told something else than before.
    static void moved(Handle handle, Row watch, String digest) {
        handle.createUpdate(
                        "update tag_watch set last_digest = :digest, last_error = null, failures = 0 where id = :id")
                .bind("digest", digest)
                .bind("id", watch.id())
                .execute();
    }

    /// The registry told the same after it had failed.
    static void recovered(Handle handle, Row watch) {
        handle.createUpdate("update tag_watch set last_error = null, failures = 0 where id = :id")
                .bind("id", watch.id())
                .execute();
    }

    static void failed(Handle handle, Row watch, String error, Instant nextAt) {
        handle.createUpdate(
                        "update tag_watch set last_error = :error, failures = failures + 1, next_at = :next where id = :id")
                .bind("error", error)
                .bind("next", nextAt)
                .bind("id", watch.id())
                .execute();
    }
}
