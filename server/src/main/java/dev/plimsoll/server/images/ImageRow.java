package dev.plimsoll.server.images;

import dev.plimsoll.server.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// A row of an image.
///
/// @param digest of the manifest
/// @param configurationDigest the image's id
/// @param distro release under which it is judged, `debian:12`
/// @param state `queued`, `analyzing`, `analyzed`, `failed`
/// @param inventoryObject empty until it is analysed
public record ImageRow(
        long id,
        long accountId,
        String digest,
        Optional<String> indexDigest,
        Optional<String> configurationDigest,
        Optional<String> platform,
        Optional<String> distro,
        Optional<Long> sizeBytes,
        Optional<Instant> createdAt,
        String state,
        Optional<String> reason,
        Optional<String> inventoryObject,
        Optional<Integer> packages,
        Instant addedAt,
        Optional<Instant> analyzedAt) {

    private static final String COLUMNS =
            "id, account_id, digest, index_digest, configuration_digest, platform, distro, size_bytes, created_at, state,"
                    + " reason, inventory_object, packages, added_at, analyzed_at";

    /// The account's image with that digest: of its manifest, else of its configuration.
    public static Optional<ImageRow> byDigest(Handle handle, long accountId, String digest) {
        return handle.createQuery("select " + COLUMNS
                        + " from image where account_id = :account and (digest = :digest or configuration_digest = :digest)"
                        + " order by digest <> :digest, id desc limit 1")
                .bind("account", accountId)
                .bind("digest", digest)
                .map(ConstructorMapper.of(ImageRow.class))
                .findOne();
    }

    /// The same, for a handler.
    ///
    /// @throws ProblemException where the account has none
    public static ImageRow demanded(Handle handle, long accountId, String digest) {
        return byDigest(handle, accountId, digest)
                .orElseThrow(() -> ProblemException.notFound("there is no image " + digest
                        + " in this account; submit it with POST /api/v1/images"));
    }

    public static Optional<ImageRow> byId(Handle handle, long id) {
        return handle.createQuery("select " + COLUMNS + " from image where id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(ImageRow.class))
                .findOne();
    }

    /// The names that point to an image now, `registry/repository:tag`, sorted.
    public static List<String> names(Handle handle, long imageId) {
        return handle.createQuery("select registry || '/' || repository || ':' || tag from tag"
                        + " where image_id = :image and to_at is null order by 1")
                .bind("image", imageId)
                .mapTo(String.class)
                .list();
    }
}
