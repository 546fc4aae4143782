package dev.plimsoll.server.images;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the routes of this area are asked about in the matrix of roles.
public final class ImagesFixtures {

    private ImagesFixtures() {}

    /// An image that was analysed, of which a tag tells.
    ///
    /// @param repository `team/…` in registry.example; the tag is `latest`
    /// @param document its inventory
    public record Made(long id, String digest, String repository, String document) {

        /// Its name.
        public String name() {
            return "registry.example/" + repository + ":latest";
        }

        public Target target() {
            return Target.plain().path("digest", digest);
        }
    }

    /// A new image of the account.
    public static Made image(Owner owner, ObjectStore objects) throws IOException {
        int number = Rows.number();
        var digest = Digest.sha256("%064x".formatted(number));
        var inventory = inventory(digest, List.of());
        var object = objects.put(out -> InventoryWriter.write(inventory, out));
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(inventory, out);
        var rows = new Rows(owner.database());
        long id = rows.add(
                """
                insert into image (account_id, digest, configuration_digest, state, inventory_object, added_at, analyzed_at)
                values (?, ?, ?, 'analyzed', ?, timestamptz '2026-01-01Z', timestamptz '2026-01-01Z') returning id""", owner.account(), digest.toString(), "sha256:" + "%064x".formatted(number + 0x1000_0000), object);
        var repository = "team/app" + number;
        rows.add("""
                insert into tag (account_id, registry, repository, tag, image_id, from_at)
                values (?, 'registry.example', ?, 'latest', ?, timestamptz '2026-01-01Z') returning id""", owner.account(), repository, id);
        return new Made(id, digest.toString(), repository, out.toString(StandardCharsets.UTF_8));
    }

    /// What is in an image of that digest: nothing.
    public static Inventory inventory(Digest digest, List<ImageFacts.LayerFacts> layers) {
        return new Inventory(
                new ImageFacts(
                        "registry",
                        List.of(),
                        List.of(),
                        Optional.of(digest),
                        Optional.of(digest),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        layers),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of("npm/1"),
                Optional.empty());
    }

    /// By the names of routes.
    public static Map<String, RoleMatrix.Fixture> all(ObjectStore objects) {
        Map<String, RoleMatrix.Fixture> all = new HashMap<>();
        all.put("POST /api/v1/images", owner -> {
            var image = image(owner, objects);
            return Target.plain()
                    .body("{\"reference\":\"registry.example/" + image.repository() + "@" + image.digest() + "\"}")
                    .unchanged(state(owner, image));
        });
        all.put(
                "GET /api/v1/images",
                owner -> Target.plain().marked(image(owner, objects).digest()));
        all.put("GET /api/v1/images/{digest}", owner -> image(owner, objects).target());
        all.put("DELETE /api/v1/images/{digest}", owner -> {
            var image = image(owner, objects);
            return image.target().unchanged(state(owner, image));
        });
        all.put("POST /api/v1/images/inventory", owner -> {
            var image = image(owner, objects);
            return Target.plain()
                    .query("name", image.name())
                    .body(image.document())
                    .unchanged(state(owner, image));
        });
        all.put(
                "GET /api/v1/images/{digest}/inventory",
                owner -> image(owner, objects).target());
        all.put(
                "GET /api/v1/images/{digest}/sbom",
                owner -> image(owner, objects).target());
        all.put(
                "GET /api/v1/tags",
                owner -> Target.plain()
                        .query("limit", "1000")
                        .marked(image(owner, objects).repository()));
        all.put(
                "GET /api/v1/watches",
                owner -> Target.plain()
                        .query("limit", "1000")
                        .marked(watch(owner).repository()));
        all.put("POST /api/v1/watches", owner -> {
            var watch = watch(owner);
            return Target.plain()
                    .body("{\"reference\":\"registry.example/" + watch.repository()
                            + ":latest\",\"every_seconds\":7200}")
                    .unchanged(new Rows(owner.database()).state("tag_watch", watch.id()));
        });
        all.put("DELETE /api/v1/watches/{id}", owner -> {
            long id = watch(owner).id();
            return Target.plain()
                    .path("id", Long.toString(id))
                    .unchanged(new Rows(owner.database()).state("tag_watch", id));
        });
        return all;
    }

    private static Supplier<String> state(Owner owner, Made image) {
        var rows = new Rows(owner.database());
        var row = rows.state("image", image.id());
        var tag = rows.all("tag", owner.account());
        return () -> row.get() + tag.get();
    }

    private record Watch(long id, String repository) {}

    private static Watch watch(Owner owner) {
        var repository = "team/watched" + Rows.number();
        return new Watch(new Rows(owner.database()).add("""
                                insert into tag_watch (account_id, registry, repository, tag, every_seconds, next_at)
                                values (?, 'registry.example', ?, 'latest', 3600, timestamptz '2026-01-01Z')
                                returning id""", owner.account(), repository), repository);
    }
}
