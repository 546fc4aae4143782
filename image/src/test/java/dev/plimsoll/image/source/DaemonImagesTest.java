package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.descriptor;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static dev.plimsoll.image.daemon.FakeDaemon.archive;
import static dev.plimsoll.image.daemon.FakeDaemon.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.daemon.FakeDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What daemons export, in each of the forms that they know, and what they must not get away with.
@Timeout(60)
class DaemonImagesTest {

    private static final ImageBytes IMAGE = image().plain(tar().file("a", "one").end())
            .gzip(tar().file("b", "two").end());
    private static final ImageBytes OTHER =
            image().plain(tar().file("evil", "!").end());

    @TempDir
    Path folder;

    @TempDir
    Path temporary;

    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(folder);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void anArchiveOfAnOlderDaemonIsReadAndItsNamesAreTheDaemons() throws Exception {
        var id = digest(bytes(IMAGE.configuration()));
        keeps("shop", id, IMAGE, IMAGE.dockerArchive("ignored:1"));

        try (var image = open("docker:shop")) {
            assertThat(image.transport()).isEqualTo("docker");
            assertThat(image.origin()).isEqualTo("docker at " + daemon.host());
            assertThat(image.names()).containsExactly("shop:1");
            assertThat(image.repoDigests()).containsExactly("shop@sha256:" + "c".repeat(64));
            assertThat(image.id()).isEqualTo(Digest.parse(id));
            assertThat(image.manifestDigest()).isEmpty();
            assertThat(image.verified()).isTrue();
            assertThat(contents(image)).containsExactly("a", "b");
            assertThat(temporary).isNotEmptyDirectory();
        }
        assertThat(daemon.asked().getLast()).isEqualTo("/v1.41/images/" + id + "/get");
    }

    @Test
    void anArchiveThatIsALayoutTooIsRead() throws Exception {
        var id = digest(bytes(IMAGE.configuration()));
        var files = new LinkedHashMap<>(IMAGE.layout());
        files.put("manifest.json", manifestJson(IMAGE));
        keeps("shop", id, IMAGE, files);

        try (var image = open("docker:shop")) {
            assertThat(image.id()).isEqualTo(Digest.parse(id));
            assertThat(contents(image)).containsExactly("a", "b");
        }
    }

    @Test
    void theIdMayBeThatOfAManifestOrOfAnIndex() throws Exception {
        var manifest = bytes(IMAGE.manifest());
        keeps("shop", digest(manifest), IMAGE, IMAGE.layout());
        try (var image = open("docker:shop")) {
            assertThat(image.id()).isEqualTo(Digest.parse(digest(bytes(IMAGE.configuration()))));
            assertThat(image.manifestDigest()).isEqualTo(Digest.parse(digest(manifest)));
            assertThat(image.names()).containsExactly("shop:1");
            assertThat(contents(image)).containsExactly("a", "b");
        }
        var arm = image().architecture("arm64").plain(tar().file("arm", "x").end());
        var index = bytes(ImageBytes.index(
                descriptor(ImageBytes.MANIFEST, bytes(arm.manifest()), ImageBytes.platform("linux", "arm64")),
                descriptor(ImageBytes.MANIFEST, manifest, ImageBytes.platform("linux", "amd64"))));
        var blobs = new LinkedHashMap<>(IMAGE.blobs());
        blobs.put(ImageBytes.blobPath(index), index);
        keeps("shop", digest(index), IMAGE, ImageBytes.layout(blobs, descriptor(ImageBytes.INDEX, index, "")));
        try (var image = open("docker:shop")) {
            assertThat(image.manifestDigest()).isEqualTo(Digest.parse(digest(manifest)));
            assertThat(contents(image)).containsExactly("a", "b");
        }
    }

    @Test
    void anotherImageThanTheOneThatWasToldIsRefused() {
        keeps("shop", digest(bytes(IMAGE.configuration())), IMAGE, OTHER.dockerArchive("shop:1"));
        refused("docker:shop", Kind.UNREADABLE, "exports another image than the one with the id sha256:");
        keeps("shop", digest(bytes(IMAGE.manifest())), IMAGE, OTHER.layout());
        refused("docker:shop", Kind.NOT_FOUND, "holds no \"@sha256:");
        // the right id in the archive's list, another configuration behind it
        var files = new LinkedHashMap<>(IMAGE.dockerArchive("shop:1"));
        files.replaceAll((name, bytes) -> name.matches("[0-9a-f]{64}.json") ? bytes(OTHER.configuration()) : bytes);
        keeps("shop", digest(bytes(IMAGE.configuration())), IMAGE, files);
        refused("docker:shop", Kind.UNREADABLE, "not that of its name");
        // an answer that contradicts itself
        keeps("shop", digest(bytes(IMAGE.configuration())), OTHER, IMAGE.dockerArchive("shop:1"));
        refused("docker:shop", Kind.UNREADABLE, "exports other layers than it told");
    }

    @Test
    void aLayerThatWasExchangedIsFoundOut() throws Exception {
        var files = new LinkedHashMap<>(IMAGE.dockerArchive("shop:1"));
        files.put("layer0/layer.tar", tar().file("evil", "!").end());
        keeps("shop", digest(bytes(IMAGE.configuration())), IMAGE, files);

        try (var image = open("docker:shop")) {
            assertThatThrownBy(() -> contents(image))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("has digest");
        }
    }

    @Test
    void anArchiveThatIsCutOrEndlessIsRefused() {
        var whole = archiveBytes(IMAGE.dockerArchive("shop:1"));
        keeps("shop", digest(bytes(IMAGE.configuration())), IMAGE, Arrays.copyOf(whole, 512));
        refused("docker:shop", Kind.UNREADABLE, daemon.host());
        keeps("shop", digest(bytes(IMAGE.configuration())), IMAGE, new byte[0]);
        refused("docker:shop", Kind.UNREADABLE, "is empty");
        daemon.on("/v1.41/images/" + digest(bytes(IMAGE.configuration())) + "/get", out -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (var i = 0; i < 1_000_000; i++) {
                out.write(bytes("200\r\n" + "x".repeat(512) + "\r\n"));
            }
        });
        refused("docker:shop", Kind.UNREADABLE, "--max-spool-bytes");
    }

    @Test
    void whatIsNotThereIsToldWithNearNamesFirst() {
        daemon.on("/v1.41/images/json", json("[{\"RepoTags\":[\"a:1\",\"registry/shop-web:2\"]},{\"RepoTags\":null}]"));
        refused(
                "docker:shop:3",
                Kind.NOT_FOUND,
                "docker at " + daemon.host() + " has no image \"shop:3\"; it has: registry/shop-web:2, a:1");
        daemon.on("/v1.41/images/json", json("[]"));
        refused("docker:shop", Kind.NOT_FOUND, "it has: none with a name");
    }

    @Test
    void anotherPlatformIsRefusedByAnOlderDaemonAndAskedForOfANewerOne() throws Exception {
        var id = digest(bytes(IMAGE.configuration()));
        keeps("shop", id, IMAGE, IMAGE.dockerArchive("shop:1"));
        assertThatThrownBy(() -> Images.open("docker:shop", context(Optional.of(new Platform("linux", "arm64", "")))))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("is there for linux/amd64, not for linux/arm64 (--platform)");

        daemon.on("/version", json("{\"ApiVersion\":\"1.51\"}"));
        var query = "?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22amd64%22%7D";
        daemon.on("/v1.49/images/shop/json" + query, json(inspect(id, IMAGE)));
        daemon.on("/v1.49/images/" + id + "/get" + query, archive(archiveBytes(IMAGE.dockerArchive("shop:1"))));
        try (var image = Images.open("docker:shop", context(Optional.of(new Platform("linux", "amd64", ""))))) {
            assertThat(contents(image)).containsExactly("a", "b");
        }
    }

    @Test
    void aDigestThatWasAskedForMustBeTheImages() throws Exception {
        var id = digest(bytes(IMAGE.configuration()));
        var digest = "sha256:" + "c".repeat(64);
        keeps("shop@" + digest, id, IMAGE, IMAGE.dockerArchive("shop:1"));
        open("docker:shop@" + digest).close();
        keeps("shop@sha256:" + "d".repeat(64), id, IMAGE, IMAGE.dockerArchive("shop:1"));
        refused("docker:shop@sha256:" + "d".repeat(64), Kind.UNREADABLE, "with an image that has not that digest");
    }

    @Test
    void aWordWithoutSchemeIsTheDaemonsIfItHasIt() throws Exception {
        var id = digest(bytes(IMAGE.configuration()));
        keeps("shop", id, IMAGE, IMAGE.dockerArchive("shop:1"));
        daemon.on("/images/shop/json", json(inspect(id, IMAGE)));

        try (var image = open("shop")) {
            assertThat(image.transport()).isEqualTo("docker");
        }
        var before = daemon.asked().size();
        refused("./shop.tar", Kind.NOT_FOUND, "there is no such file");
        assertThat(daemon.asked()).hasSize(before);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        keeps("shop", "sha256:../../etc", IMAGE, IMAGE.dockerArchive("shop:1"));
        refused("docker:shop", Kind.UNREADABLE, "which is no digest");
    }

    private void keeps(String name, String id, ImageBytes told, Map<String, byte[]> exported) {
        keeps(name, id, told, archiveBytes(exported));
    }

    private void keeps(String name, String id, ImageBytes told, byte[] exported) {
        daemon.on("/v1.41/images/" + name + "/json", json(inspect(id, told)))
                .on("/v1.41/images/" + id + "/get", archive(exported));
    }

    private static String inspect(String id, ImageBytes told) {
        var rootfs = told.configuration()
                .replaceFirst(".*\"diff_ids\"", "\"Layers\"")
                .replaceFirst("}}$", "}");
        return "{\"Id\":\"" + id + "\",\"RepoTags\":[\"shop:1\"],\"RepoDigests\":[\"shop@sha256:" + "c".repeat(64)
                + "\"],\"Os\":\"linux\",\"Architecture\":\"amd64\",\"RootFS\":{" + rootfs + "}";
    }

    private static byte[] manifestJson(ImageBytes image) {
        var blobs = List.copyOf(image.blobs().keySet());
        return bytes("[{\"Config\":\"" + blobs.get(2) + "\",\"RepoTags\":[\"shop:1\"],\"Layers\":[\"" + blobs.get(0)
                + "\",\"" + blobs.get(1) + "\"]}]");
    }

    private static byte[] archiveBytes(Map<String, byte[]> files) {
        var tar = TarBytes.tar();
        files.forEach(tar::file);
        return tar.end();
    }

    private void refused(String where, Kind kind, String reason) {
        assertThatThrownBy(() -> open(where))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(reason);
    }

    private Image open(String where) throws IOException {
        return Images.open(where, context(Optional.empty()));
    }

    private SourceContext context(Optional<Platform> platform) {
        var defaults = ImageLimits.DEFAULTS;
        var limits = new ImageLimits(
                defaults.manifestBytes(),
                defaults.layers(),
                defaults.layerEntries(),
                defaults.layerUnpackedBytes(),
                defaults.ratio(),
                defaults.pathBytes(),
                defaults.indexDepth(),
                1 << 20,
                defaults.work());
        var context = SourceContext.of(OpenOptions.of(platform, limits));
        return new SourceContext(
                context.folder(),
                context.options(),
                context.imageName(),
                context.from(),
                Map.of("DOCKER_HOST", daemon.host(), "CONTAINER_HOST", "unix:///nowhere", "HOME", folder.toString()),
                context.in(),
                temporary,
                Duration.ofSeconds(20),
                context.progress(),
                context.registries());
    }

    private static List<String> contents(Image image) throws IOException {
        return image.readLayers(_ -> new Seen(), ReadOptions.defaults()).stream()
                .flatMap(result -> result.found().contents.keySet().stream())
                .toList();
    }
}
