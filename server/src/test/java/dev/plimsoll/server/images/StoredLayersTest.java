package dev.plimsoll.server.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredLayersTest {

    private static final Digest LAYER = Digest.sha256("1".repeat(64));

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatItKeptOfThatLayerAndAnalysisAlone() throws IOException {
        try (var test = TestDatabase.create();
                var objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"))) {
            long account = TestApi.account(test.database(), "one");
            var layers = new StoredLayers(test.database(), objects, account);
            assertThat(layers.find(LAYER, "a")).isEmpty();
            layers.keep(LAYER, "a", out -> out.write("facts".getBytes(StandardCharsets.UTF_8)));
            assertThat(layers.find(LAYER, "a")).isEmpty();
            imageWithLayer(test, account);
            var others = new StoredLayers(test.database(), objects, TestApi.account(test.database(), "other"));
            assertThat(others.find(LAYER, "a")).isEmpty();
            layers.keep(LAYER, "a", out -> out.write("facts".getBytes(StandardCharsets.UTF_8)));
            try (var found = layers.find(LAYER, "a").orElseThrow()) {
                assertThat(found.readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("facts");
            }
            assertThat(layers.find(LAYER, "b")).isEmpty();
            assertThat(layers.find(Digest.sha256("2".repeat(64)), "a")).isEmpty();

            // an object that is lost is read from the layer again
            for (var object : objects.all().toList()) {
                objects.delete(object);
            }
            assertThat(layers.find(LAYER, "a")).isEmpty();
            layers.keep(LAYER, "a", out -> out.write("other".getBytes(StandardCharsets.UTF_8)));
            try (var found = layers.find(LAYER, "a").orElseThrow()) {
                assertThat(found.readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("other");
            }
        }
    }

    @Test
    void anInventoryThatNamesALayerOpensNobodysFacts() throws IOException {
        try (var test = TestDatabase.create();
                var objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"))) {
            long account = TestApi.account(test.database(), "one");
            var layers = new StoredLayers(test.database(), objects, account);
            layers.keep(LAYER, "a", out -> out.write("facts".getBytes(StandardCharsets.UTF_8)));
            written(test, account, false);
            assertThat(layers.find(LAYER, "a")).isEmpty();
            written(test, account, true);
            try (var found = layers.find(LAYER, "a").orElseThrow()) {
                assertThat(found.read()).isPositive();
            }
        }
    }

    private static void written(TestDatabase test, long account, boolean read) {
        var inventory = ImagesFixtures.inventory(Digest.sha256("3".repeat(64)), List.of(layer()));
        test.database()
                .jdbi()
                .useTransaction(handle -> ImageWriter.analyzed(
                        handle,
                        account,
                        ImageIdentity.of(inventory, ""),
                        inventory,
                        "",
                        Optional.empty(),
                        read,
                        Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static LayerFacts layer() {
        return new LayerFacts(Optional.of(LAYER), Optional.empty(), "", OptionalLong.empty(), OptionalLong.empty(), "");
    }

    private static void imageWithLayer(TestDatabase test, long account) {
        test.database()
                .jdbi()
                .useHandle(handle ->
                        handle.createUpdate("""
                        with made as (
                            insert into image (account_id, digest, state, added_at)
                            values (:account, 'sha256:x', 'analyzed', now()) returning id)
                        insert into image_layer (image_id, position, layer_id, shown)
                        select made.id, 0, layer.id, true from made, layer""").bind("account", account).execute());
    }
}
