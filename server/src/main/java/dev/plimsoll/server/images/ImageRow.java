package dev.plimsoll.server.images;

import dev.plimsoll.server.http.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// The names come first: an account has few tags of one repository among many images.
    private static final String NAMED = " and id in (select image_id from tag"
            + " where account_id = :account and to_at is null"
            + " and (:registry::text is null or registry = :registry)"
            + " and (:repository::text is null or repository = :repository)"
            + " and (:tag::text is null or tag = :tag))";

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
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no image " + digest + " in this account; submit it with POST /api/v1/images"));
    }

    /// The account's image with that digest of its manifest, where that was analysed with those settings.
    ///
    /// @param analysis digest of the settings
    static Optional<ImageRow> analyzed(Handle handle, long accountId, String digest, String analysis) {
        return handle.createQuery("select " + COLUMNS + " from image where account_id = :account and digest = :digest"
                        + " and state = 'analyzed' and analysis = :analysis")
                .bind("account", accountId)
                .bind("digest", digest)
                .bind("analysis", analysis)
                .map(ConstructorMapper.of(ImageRow.class))
                .findOne();
    }

    /// The same for the digest of a manifest, or of an index of which the image for a platform is wanted.
    ///
    /// @param platform `linux/arm64`, without a variant where none is wanted
    static Optional<ImageRow> analyzed(Handle handle, long accountId, String digest, String analysis, String platform) {
        return handle.createQuery("select " + COLUMNS + " from image where account_id = :account and (digest = :digest"
                        + " or index_digest = :digest and (platform = :platform or starts_with(platform, :platform || '/')))"
                        + " and state = 'analyzed' and analysis = :analysis order by digest <> :digest, id limit 1")
                .bind("account", accountId)
                .bind("digest", digest)
                .bind("platform", platform)
                .bind("analysis", analysis)
                .map(ConstructorMapper.of(ImageRow.class))
                .findOne();
    }

    /// Images of an account, the youngest first.
    ///
    /// @param before ids lower than that only
    static List<ImageRow> list(Handle handle, long accountId, Filter filter, Optional<Long> before, int most) {
        var named = filter.registry().isPresent() || filter.tag().isPresent();
        var query = handle.createQuery("select " + COLUMNS + " from image where account_id = :account and id < :before"
                        + " and (:state::text is null or state = :state)" + (named ? NAMED : "")
                        + " order by id desc limit :most")
                .bind("account", accountId)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("state", filter.state().orElse(null))
                .bind("most", most);
        if (named) {
            query.bind("registry", filter.registry().orElse(null))
                    .bind("repository", filter.repository().orElse(null))
                    .bind("tag", filter.tag().orElse(null));
        }
        return query.map(ConstructorMapper.of(ImageRow.class)).list();
    }

    /// Which images are wanted; empty for all.
    record Filter(
            Optional<String> registry, Optional<String> repository, Optional<String> tag, Optional<String> state) {}

    /// The names that point to images now, sorted, by the images' ids; none for those without.
    static Map<Long, List<String>> names(Handle handle, long accountId, List<ImageRow> images) {
        Map<Long, List<String>> names = new HashMap<>();
        handle.createQuery("select image_id, registry || '/' || repository || ':' || tag from tag"
                        + " where image_id = any(:images) and account_id = :account and to_at is null order by 2")
                .bindArray(
                        "images", Long.class, images.stream().map(ImageRow::id).toList())
                .bind("account", accountId)
                .map((row, _) -> names.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(row.getString(2)))
                .list();
        return names;
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
