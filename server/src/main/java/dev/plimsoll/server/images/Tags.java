package dev.plimsoll.server.images;

import dev.plimsoll.image.registry.Reference;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which image a tag points to, now and then.
final class Tags {

    private static final String OF_REPOSITORY = "tag.registry = :registry and tag.repository = :repository";
    private static final String NOW = "tag.to_at is null";
    private static final String THEN = "tag.from_at <= :at and (tag.to_at is null or tag.to_at > :at)";

    private Tags() {}

    /// What became of a tag.
    sealed interface Pointed {

        /// It points there already; nothing was written.
        record Already() implements Pointed {}

        /// It was not known.
        record First() implements Pointed {}

        /// Somebody saw it point elsewhere later, and was quicker to write it down; nothing was written.
        record Stale() implements Pointed {}

        /// It pointed to another image.
        ///
        /// @param sameRoot whether both come of one index, for two platforms: then the registry moved nothing
        record Moved(long previousId, String previousDigest, boolean sameRoot) implements Pointed {}
    }

    /// Where a tag points to.
    private record Now(long id, long imageId, Instant from, String digest, Optional<String> indexDigest) {
        String root() {
            return indexDigest.orElse(digest);
        }
    }

    /// Has a tag point to an image of the account from now on.
    ///
    /// @param seen when the registry said so: since then, whenever it is written down
    static Pointed point(
            Handle handle, long accountId, ImageTag tag, long imageId, ImageIdentity identity, Instant seen) {
        var before = handle.createQuery("""
                        select tag.id, tag.image_id, tag.from_at, image.digest, image.index_digest
                        from tag join image on image.id = tag.image_id
                        where tag.account_id = :account and tag.registry = :registry and tag.repository = :repository
                            and tag.tag = :tag and tag.to_at is null
                        for update of tag""")
                .bind("account", accountId)
                .bind("registry", tag.registry())
                .bind("repository", tag.repository())
                .bind("tag", tag.tag())
                .map((row, _) -> new Now(
                        row.getLong(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        Optional.ofNullable(row.getString(5))))
                .findOne();
        if (before.isPresent() && before.get().imageId() == imageId) {
            return new Pointed.Already();
        }
        if (before.isPresent() && before.get().from().isAfter(seen)) {
            return new Pointed.Stale();
        }
        before.ifPresent(old -> handle.createUpdate("update tag set to_at = :seen where id = :id")
                .bind("seen", seen)
                .bind("id", old.id())
                .execute());
        handle.createUpdate("""
                        insert into tag (account_id, registry, repository, tag, image_id, from_at)
                        values (:account, :registry, :repository, :tag, :image, :seen)""")
                .bind("account", accountId)
                .bind("registry", tag.registry())
                .bind("repository", tag.repository())
                .bind("tag", tag.tag())
                .bind("image", imageId)
                .bind("seen", seen)
                .execute();
        if (before.isEmpty()) {
            return new Pointed.First();
        }
        var old = before.get();
        return new Pointed.Moved(old.imageId(), old.digest(), old.root().equals(identity.root()));
    }

    /// A tag and the image that it pointed to for a time.
    ///
    /// @param to empty while it does
    record Row(ImageTag tag, String digest, Instant from, Optional<Instant> to) {}

    /// Tags in the order of their names.
    ///
    /// @param repository whose tag does not matter; empty for all
    /// @param at empty for now
    /// @param after the last tag of the page before
    static List<Row> list(
            Handle handle,
            long accountId,
            Optional<Reference> repository,
            Optional<Instant> at,
            Optional<ImageTag> after,
            int most) {
        var query = handle.createQuery(
                        """
                        select tag.registry, tag.repository, tag.tag, image.digest, tag.from_at, tag.to_at
                        from tag join image on image.id = tag.image_id
                        where tag.account_id = :account
                            and %s
                            and (tag.registry, tag.repository, tag.tag) > (:afterRegistry, :afterRepository, :afterTag)
                            and %s
                        order by tag.registry, tag.repository, tag.tag limit :most""".formatted(repository.isPresent() ? OF_REPOSITORY : "true", at.isPresent() ? THEN : NOW))
                .bind("account", accountId)
                .bind("afterRegistry", after.map(ImageTag::registry).orElse(""))
                .bind("afterRepository", after.map(ImageTag::repository).orElse(""))
                .bind("afterTag", after.map(ImageTag::tag).orElse(""))
                .bind("most", most);
        at.ifPresent(instant -> query.bind("at", instant));
        repository.ifPresent(
                reference -> query.bind("registry", reference.registry()).bind("repository", reference.repository()));
        return query.map((row, _) -> new Row(
                        new ImageTag(row.getString(1), row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant)))
                .list();
    }
}
