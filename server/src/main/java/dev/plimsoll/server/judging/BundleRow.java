package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// A row of a bundle, without its document.
///
/// @param bundleId as the document says
/// @param version 1, 2, … of that id in the account
/// @param digest of its meaning, `sha256:…`
/// @param format `1_0` or `2`
/// @param active whether it judges now
public record BundleRow(
        long id,
        String bundleId,
        int version,
        String digest,
        String name,
        String format,
        Instant createdAt,
        String createdBy,
        boolean active) {

    static final String COLUMNS =
            "b.id, b.bundle_id, b.version, b.digest, b.name, b.format, b.created_at, b.created_by,"
                    + " exists (select from activation a where a.bundle_id = b.id and a.to_at is null) as active";

    /// The account's bundle of that row.
    static Optional<BundleRow> byId(Handle handle, long accountId, long id) {
        return handle.createQuery("select " + COLUMNS + " from bundle b where b.account_id = :account and b.id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .map(ConstructorMapper.of(BundleRow.class))
                .findOne();
    }

    /// Its members, within an object that is open.
    void write(JsonWriter json) {
        json.member("id", id)
                .member("bundle_id", bundleId)
                .member("version", version)
                .member("digest", digest)
                .member("name", name)
                .member("format", format)
                .member("created_at", createdAt.toString())
                .member("created_by", createdBy)
                .member("active", active);
    }
}
