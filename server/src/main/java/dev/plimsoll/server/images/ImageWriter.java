package dev.plimsoll.server.images;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.Inventory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Writes rows of images. Every method is part of the caller's transaction.
final class ImageWriter {

    private ImageWriter() {}

    /// An image that is going to be analysed. One that was analysed before stays so: what is known of it counts until
    /// more is known.
    static void begin(Handle handle, long accountId, ImageIdentity image, Instant now) {
        handle.createUpdate("""
                        insert into image (account_id, digest, index_digest, configuration_digest, platform, state, added_at)
                        values (:account, :digest, :index, :configuration, :platform, 'analyzing', :now)
                        on conflict (account_id, digest) do update set state = 'analyzing', reason = null
                        where image.state not in ('analyzing', 'analyzed')""")
                .bind("account", accountId)
                .bind("digest", image.digest())
                .bind("index", image.indexDigest().orElse(null))
                .bind("configuration", image.configurationDigest().orElse(null))
                .bind("platform", image.platform().orElse(null))
                .bind("now", now)
                .execute();
    }

    /// An image that was analysed, with its layers.
    ///
    /// @param object digest of the inventory's object
    /// @param analysis digest of the settings that said what to collect, empty where nobody knows them
    /// @param read whether the service read the image itself: only then what is kept of its layers is the
    ///     account's too
    /// @return its row
    static ImageRow analyzed(
            Handle handle,
            long accountId,
            ImageIdentity image,
            Inventory inventory,
            String object,
            Optional<String> analysis,
            boolean read,
            Instant now) {
        var id = handle.createQuery("""
                        insert into image (account_id, digest, index_digest, configuration_digest, platform, distro,
                            size_bytes, created_at, state, inventory_object, analysis, packages, added_at, analyzed_at)
                        values (:account, :digest, :index, :configuration, :platform, :distro,
                            :size, :created, 'analyzed', :object, :analysis, :packages, :now, :now)
                        on conflict (account_id, digest) do update set
                            index_digest = coalesce(excluded.index_digest, image.index_digest),
                            configuration_digest = excluded.configuration_digest, platform = excluded.platform,
                            distro = excluded.distro, size_bytes = excluded.size_bytes, created_at = excluded.created_at,
                            state = 'analyzed', reason = null, inventory_object = excluded.inventory_object,
                            analysis = excluded.analysis, packages = excluded.packages,
                            analyzed_at = coalesce(image.analyzed_at, excluded.analyzed_at)
                        returning id""")
                .bind("account", accountId)
                .bind("digest", image.digest())
                .bind("index", image.indexDigest().orElse(null))
                .bind("configuration", image.configurationDigest().orElse(null))
                .bind("platform", image.platform().orElse(null))
                .bind(
                        "distro",
                        inventory
                                .distribution()
                                .map(found -> found.release().toString())
                                .orElse(null))
                .bind("size", size(inventory.image()).orElse(null))
                .bind("created", created(inventory.image()).orElse(null))
                .bind("object", object)
                .bind("analysis", analysis.orElse(null))
                .bind("packages", inventory.packages().size())
                .bind("now", now)
                .mapTo(Long.class)
                .one();
        layers(
                handle,
                id,
                inventory.image().layers().stream()
                        .flatMap(layer -> layer.digest().or(layer::diffId).stream())
                        .map(Digest::toString)
                        .toList(),
                read);
        return ImageRow.byId(handle, id).orElseThrow();
    }

    private static void layers(Handle handle, long imageId, List<String> digests, boolean read) {
        handle.createUpdate("delete from image_layer where image_id = :image")
                .bind("image", imageId)
                .execute();
        if (digests.isEmpty()) {
            return;
        }
        // in one order, so that two transactions with common layers never wait for each other
        handle.createUpdate("""
                        insert into layer (digest) select distinct digest from unnest(:digests) as named (digest)
                        where not exists (select 1 from layer where layer.digest = named.digest)
                        order by digest on conflict (digest) do nothing""")
                .bindArray("digests", String.class, digests)
                .execute();
        handle.createUpdate("""
                        insert into image_layer (image_id, position, layer_id, shown)
                        select :image, named.position - 1, layer.id, :shown
                        from unnest(:digests) with ordinality as named (digest, position)
                        join layer on layer.digest = named.digest""")
                .bind("image", imageId)
                .bind("shown", read)
                .bindArray("digests", String.class, digests)
                .execute();
    }

    /// An image that cannot be analysed; one that was stays as it was.
    static Optional<Long> failed(Handle handle, long accountId, String digest, String reason) {
        return handle.createQuery("""
                        update image set state = 'failed', reason = :reason
                        where account_id = :account and digest = :digest and state in ('queued', 'analyzing')
                        returning id""")
                .bind("account", accountId)
                .bind("digest", digest)
                .bind("reason", reason)
                .mapTo(Long.class)
                .findOne();
    }

    /// In bytes, packed; empty where it is not known of every layer.
    private static Optional<Long> size(ImageFacts image) {
        return image.layersKnown()
                        && image.layers().stream()
                                .allMatch(layer -> layer.size().isPresent())
                ? Optional.of(image.layers().stream()
                        .mapToLong(layer -> layer.size().getAsLong())
                        .sum())
                : Optional.empty();
    }

    private static Optional<Instant> created(ImageFacts image) {
        try {
            return image.configuration()
                    .map(configuration ->
                            OffsetDateTime.parse(configuration.created()).toInstant())
                    .filter(instant -> instant.isAfter(EARLIEST) && instant.isBefore(LATEST));
        } catch (DateTimeParseException _) {
            return Optional.empty(); // whoever built it wrote something else
        }
    }

    /// What PostgreSQL can hold, and more than anybody means.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
}
