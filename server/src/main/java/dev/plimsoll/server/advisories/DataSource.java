package dev.plimsoll.server.advisories;

import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A place that is looked into again and again for newer advisory data.
///
/// @param place an address, `https://…`, or the absolute path of a file or of a folder whose newest file counts
/// @param validator of the last file: its entity tag, or its time; empty before the first
/// @param lastRevision that came from it
/// @param lastError why the last attempt failed, empty where it did not
/// @param failures in a row
public record DataSource(
        long id,
        String place,
        int everySeconds,
        Instant nextAt,
        Optional<String> validator,
        Optional<Long> lastRevision,
        Optional<Instant> lastAt,
        Optional<String> lastError,
        int failures) {

    private static final String COLUMNS =
            "id, place, every_seconds, next_at, validator, last_revision, last_at, last_error, failures";

    /// Whether it is an address, not a path.
    boolean isAddress() {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    URI address() {
        return URI.create(place);
    }

    Path path() {
        return Path.of(place);
    }

    static List<DataSource> all(Handle handle) {
        return handle.createQuery("select " + COLUMNS + " from data_source order by id")
                .map((row, _) -> read(row))
                .list();
    }

    /// Takes one that is due, so that nobody else does until a later time.
    static Optional<DataSource> claim(Handle handle, Instant now, Instant until) {
        return handle.createQuery("update data_source set next_at = :until where id = ("
                        + "select id from data_source where next_at <= :now order by next_at, id limit 1"
                        + " for update skip locked) returning " + COLUMNS)
                .bind("now", now)
                .bind("until", until)
                .map((row, _) -> read(row))
                .findOne();
    }

    private static DataSource read(ResultSet row) throws SQLException {
        long revision = row.getLong("last_revision");
        return new DataSource(
                row.getLong("id"),
                row.getString("place"),
                row.getInt("every_seconds"),
                row.getTimestamp("next_at").toInstant(),
                Optional.ofNullable(row.getString("validator")),
                Optional.of(revision).filter(id -> id != 0),
                Revisions.instant(row.getTimestamp("last_at")),
                Optional.ofNullable(row.getString("last_error")),
                row.getInt("failures"));
    }
}
