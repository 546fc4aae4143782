package dev.plimsoll.image.source;

import static dev.plimsoll.image.StoreBytes.BELOW;
import static dev.plimsoll.image.StoreBytes.TOP;
import static dev.plimsoll.image.StoreBytes.content;
import static dev.plimsoll.image.StoreBytes.segment;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.StoreBytes;
import dev.plimsoll.image.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Storages as they are, and as somebody who means ill would leave them.
@Timeout(120)
class StorageImagesTest {

    @TempDir
    Path root;

    private StoreBytes store;

    @BeforeEach
    void fill() {
        store = StoreBytes.store(
                root,
                tar().directory("etc/")
                        .file("etc/a", "one")
                        .file("etc/b", "two")
                        .end(),
                tar().file("etc/.wh.a", "").file("etc/c", "three").end());
    }

    @Test
    void layersArePutTogetherAgain() throws Exception {
        try (var image = open("shop:1")) {
            assertThat(image.transport()).isEqualTo("containers-storage");
            assertThat(image.origin()).isEqualTo("containers-storage " + root + " (overlay)");
            assertThat(image.verified()).isTrue();
        }
        assertThat(read())
                .extracting(seen -> seen.entries.stream().map(LayerEntry::path).toList())
                .containsExactly(List.of("etc", "etc/a", "etc/b"), List.of("etc/a", "etc/c"));
        assertThat(read().getLast().entries.getFirst().kind()).isEqualTo(LayerEntry.Kind.WHITEOUT);
    }

    @Test
    void nothingIsWritten() throws Exception {
        var before = listing();
        read();
        assertThat(listing()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../../etc/passwd", "etc/../../x", "..", "a/../../../../../etc/passwd"})
    void aNameThatLeadsOutIsRefused(String name) {
        store.split(TOP, List.of(segment(0, new byte[512]), content(1, name, 10)));
        refused("has \"..\" or a zero byte in its name");
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        var secret = Files.writeString(root.resolve("secret"), "0123456789");
        Files.createSymbolicLink(store.folder(TOP).resolve("file"), secret);
        Files.createSymbolicLink(store.folder(TOP).resolve("folder"), root);
        store.split(TOP, List.of(segment(0, new byte[512]), content(1, "file", 10)));
        refused("is no plain file");
        store.split(TOP, List.of(segment(0, new byte[512]), content(1, "folder/secret", 10)));
        refused("folder/secret");
        store.split(TOP, List.of(segment(0, new byte[512]), content(1, "/secret", 10)));
        refused("/secret is missing");
    }

    @Test
    void alsoTheLayersFolderMustBeNone() throws Exception {
        var real = root.resolve("overlay").resolve(TOP);
        Files.move(real, root.resolve("elsewhere"));
        Files.createSymbolicLink(real, root.resolve("elsewhere"));
        refused(TOP);
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Tools.needed(Tools.isOnPath("mkfifo"), "mkfifo");
        Files.delete(store.folder(TOP).resolve("etc/c"));
        Tools.run("mkfifo", store.folder(TOP).resolve("etc/c").toString());
        refused("etc/c is no plain file");
        Files.delete(root.resolve("overlay-layers/layers.json"));
        Tools.run("mkfifo", root.resolve("overlay-layers/layers.json").toString());
        refused("layers.json: is no plain file");
    }

    @Test
    void aMissingFileIsTold() throws Exception {
        Files.delete(store.folder(TOP).resolve("etc/c"));
        refused("etc/c is missing");
    }

    @Test
    void aSplitFileThatIsCutAnywhereNeverGivesAnotherLayer() throws Exception {
        var whole = Files.readAllBytes(store.splitFile(TOP));
        var layers = read();
        var refused = 0;
        for (var length = 0; length < whole.length; length++) {
            Files.write(store.splitFile(TOP), Arrays.copyOf(whole, length));
            try {
                // of gzip's own end nothing is asked: the layer's digest says more
                assertThat(read()).usingRecursiveComparison().isEqualTo(layers);
            } catch (ImageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length - 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":1,\"name\":\"etc/c\",\"size\":9223372036854775807,\"position\":0}",
                "{\"type\":1,\"name\":\"etc/c\",\"size\":1e400,\"position\":0}",
                "{\"type\":1,\"name\":\"etc/c\",\"size\":-1,\"position\":0}",
                "{\"type\":3,\"position\":0}",
                "{\"type\":4294967298,\"payload\":\"\",\"position\":0}",
                "{\"type\":2,\"payload\":\"*\",\"position\":0}",
                "{\"type\":2,\"payload\":\"\",\"position\":7}",
                "{\"type\":1,\"name_raw\":\"AA==\",\"size\":1,\"position\":0}",
                "[[[[[[[[[[[[[",
                "null",
                ""
            })
    void aLineThatIsNoPieceIsRefused(String line) {
        store.split(TOP, List.of(line));
        refused("");
    }

    @Test
    void aLineWithoutEndEnds() {
        store.split(TOP, List.of("{\"type\":2,\"payload\":\"" + "A".repeat(17 << 20)));
        refused("line 1 is longer than 16777216 bytes");
    }

    @Test
    void layersThatGoRoundInACircleAreRefused() {
        store.layers("[{\"id\":\"" + BELOW + "\",\"parent\":\"" + TOP + "\"},{\"id\":\"" + TOP + "\",\"parent\":\""
                + BELOW + "\"}]");
        refused("is its own parent");
        store.layers("[{\"id\":\"" + TOP + "\",\"parent\":\"" + BELOW + "\"}]");
        refused("the layer " + BELOW + " is missing");
        store.layers("[{\"id\":\"" + TOP + "\"}]");
        refused("the storage has 1 layers, the configuration 2");
    }

    @Test
    void idsThatLeadElsewhereAreRefused() {
        store.images("[{\"id\":\"../../etc\",\"names\":[\"localhost/shop:1\"]}]");
        refused("an element's \"id\" is not 64 hexadecimal digits");
        store.images("[{\"id\":\"" + TOP + "\",\"names\":[\"localhost/shop:1\"],\"layer\":\"../x\"}]");
        refused("an element's \"layer\" is not 64 hexadecimal digits");
    }

    @Test
    void listsOfAHundredMegabytesEnd() throws Exception {
        try (var out = Files.newBufferedWriter(root.resolve("overlay-images/images.json"))) {
            out.write("[");
            for (var i = 0; i < 100; i++) {
                out.write("{\"id\":\"" + TOP + "\",\"x\":\"" + "x".repeat(1 << 20) + "\"},");
            }
        }
        refused("images.json: over a limit");
        store.images("[" + "1,".repeat(10) + "2]");
        refused("holds something that is not an object");
        store.images("[{\"id\":" + "[".repeat(100_000));
        refused("images.json");
        store.images("[{\"id\":\"" + TOP + "\",\"names\":[" + "\"n\",".repeat(100_000) + "\"n\"]}]");
        refused("over 100000 values");
    }

    @Test
    void anotherManifestOrConfigurationThanTheStoragesIsRefused() throws Exception {
        var manifest = Files.walk(root.resolve("overlay-images"))
                .filter(file -> file.endsWith("manifest"))
                .findFirst()
                .orElseThrow();
        var text = Files.readString(manifest);
        Files.writeString(manifest, text + " ");
        refused("the manifest has digest");
        Files.writeString(manifest, text);
        try (var files = Files.list(manifest.getParent())) {
            for (var file : files.filter(file -> Files.isRegularFile(file) && !file.endsWith("manifest"))
                    .toList()) {
                Files.writeString(file, Files.readString(file) + " ");
            }
        }
        refused("has digest");
    }

    @Test
    void aLayerThatOnlyItsFilesAreKnownOfIsReadAndNotVerified() throws Exception {
        Tools.needed(
                Tools.isRoot() && Tools.isOnPath("mknod") && Tools.isOnPath("python3"),
                "mknod and python3, run by root");
        var folder = store.folder(TOP);
        Files.delete(store.splitFile(TOP));
        Tools.run("mknod", folder.resolve("etc/a").toString(), "c", "0", "0");
        Tools.run("mknod", folder.resolve("etc/null").toString(), "c", "1", "3");
        Tools.run("mkfifo", folder.resolve("etc/pipe").toString());
        Files.createDirectories(folder.resolve("opaque"));
        Files.createDirectories(folder.resolve("fuse"));
        var attribute = "import os, sys; os.setxattr(sys.argv[1], sys.argv[2], b'y')";
        Tools.run("python3", "-c", attribute, folder.resolve("opaque").toString(), "trusted.overlay.opaque");
        Tools.run("python3", "-c", attribute, folder.resolve("fuse").toString(), "user.fuseoverlayfs.opaque");
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
        var long1 = "l".repeat(200);
        Files.writeString(folder.resolve(long1), "long");
        Files.write(folder.resolve("block"), new byte[512]);

        try (var image = open("shop:1")) {
            assertThat(image.verified()).isFalse();
        }
        var top = read().getLast();
        assertThat(top.problems).isEmpty();
        assertThat(top.entries.stream().map(entry -> entry.path() + " " + entry.kind()))
                .containsExactly(
                        "block FILE",
                        "etc DIRECTORY",
                        "etc/a WHITEOUT",
                        "etc/c FILE",
                        "etc/null CHARACTER_DEVICE",
                        "etc/pipe FIFO",
                        "fuse DIRECTORY",
                        "fuse OPAQUE",
                        long1 + " FILE",
                        "opaque DIRECTORY",
                        "opaque OPAQUE",
                        "out SYMBOLIC_LINK",
                        "up SYMBOLIC_LINK");
        assertThat(top.entries.stream().filter(entry -> entry.path().equals("out")))
                .extracting(LayerEntry::linkTarget)
                .containsExactly("/etc/passwd");
        assertThat(top.contents.get("etc/c")).isEqualTo(ImageBytes.hex("three".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whereThereIsNoStorageThatIsTold() {
        assertThatThrownBy(() -> Images.open(
                        "containers-storage:x", context(Map.of("CONTAINERS_STORAGE_CONF", "/nowhere/storage.conf"))))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("/nowhere/storage.conf: cannot be read");
        assertThatThrownBy(() -> Images.open("containers-storage:[overlay@/nowhere]x", context(Map.of())))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("there is no containers-storage in /nowhere");
        assertThatThrownBy(() -> Images.open("containers-storage:[relative]x", context(Map.of())))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("write [overlay@/path]NAME");
        assertThatThrownBy(() -> Images.open("containers-storage:[btrfs@" + root + "]x", context(Map.of())))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("the storage driver \"btrfs\" is not supported");
    }

    private void refused(String reason) {
        assertThatThrownBy(this::read).isInstanceOf(ImageException.class).hasMessageContaining(reason);
    }

    private List<String> listing() throws IOException {
        try (var files = Files.walk(root)) {
            return files.map(file -> file + " " + file.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    private Image open(String name) throws IOException {
        return Images.open("containers-storage:[overlay@" + root + "]" + name, context(Map.of()));
    }

    private static SourceContext context(Map<String, String> environment) {
        return SourceContext.of(OpenOptions.defaults()).withEnvironment(environment);
    }

    private List<Seen> read() throws IOException {
        try (var image = open("shop:1")) {
            return image.readLayers(_ -> new Seen(), ReadOptions.defaults()).stream()
                    .map(Image.LayerResult::found)
                    .toList();
        }
    }
}
