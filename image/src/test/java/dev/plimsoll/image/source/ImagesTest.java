package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.INDEX;
import static dev.plimsoll.image.ImageBytes.MANIFEST;
import static dev.plimsoll.image.ImageBytes.archive;
import static dev.plimsoll.image.ImageBytes.blobPath;
import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.descriptor;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.folder;
import static dev.plimsoll.image.ImageBytes.hex;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.ImageBytes.index;
import static dev.plimsoll.image.ImageBytes.layout;
import static dev.plimsoll.image.ImageBytes.named;
import static dev.plimsoll.image.ImageBytes.platform;
import static dev.plimsoll.image.TarBytes.tar;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final OpenOptions DEFAULTS = new OpenOptions(Optional.empty(), AMD64, ImageLimits.DEFAULTS);
    private static final byte[] TAR = tar().file("etc/os-release", "ID=x").end();

    @TempDir
    Path temporary;

    @Test
    void opensALayoutAsFolderAndAsTarWithAndWithoutScheme() throws IOException {
        var files = image().gzip(TAR).layout();
        var folder = folder(temporary.resolve("lay:out"), files);
        var tar = archive(temporary.resolve("layout.tar"), files);

        for (var where : new String[] {
            folder.toString(),
            "oci-layout:" + folder,
            "oci-dir:" + folder + ":latest",
            tar.toString(),
            "oci-archive:" + tar + ":latest",
            "oci-layout:" + folder + "@" + digest(bytes(image().gzip(TAR).manifest()))
        }) {
            try (var image = Images.open(where, DEFAULTS)) {
                assertThat(image.transport()).isEqualTo("oci-layout");
                assertThat(image.id()).contains(parsed(bytes(image().gzip(TAR).configuration())));
                assertThat(image.manifestDigest())
                        .contains(parsed(bytes(image().gzip(TAR).manifest())));
                assertThat(image.names()).containsExactly("latest");
                assertThat(image.platform()).contains(AMD64);
                assertThat(read(image).contents).containsOnlyKeys("etc/os-release");
            }
        }
    }

    @Test
    void opensADockerArchiveWithTheManifestAnywhere() throws IOException {
        var files = image().plain(TAR).dockerArchive("app:1");
        Map<String, byte[]> reversed = new LinkedHashMap<>();
        files.entrySet().stream().toList().reversed().forEach(file -> reversed.put(file.getKey(), file.getValue()));
        for (var path :
                new Path[] {archive(temporary.resolve("a.tar"), files), archive(temporary.resolve("b.tar"), reversed)
                }) {
            try (var image = Images.open(path.toString(), DEFAULTS)) {
                assertThat(image.transport()).isEqualTo("docker-archive");
                assertThat(image.names()).containsExactly("app:1");
                assertThat(image.layers().getFirst().digest()).isEqualTo(parsed(TAR));
                assertThat(read(image).contents).containsOnlyKeys("etc/os-release");
            }
        }
    }

    @Test
    void followsLinkedLayersInsideTheArchiveOnly() throws IOException {
        var builder = image().plain(TAR).plain(TAR);
        var config = bytes(builder.configuration());
        var manifest = "[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":[\"one/layer.tar\",\"two/layer.tar\"]}]";
        var path = ImageBytes.write(
                temporary.resolve("a.tar"),
                tar().file("x.tar", TAR)
                        .symbolicLink("one/layer.tar", "../../../x.tar")
                        .hardLink("two/layer.tar", "one/layer.tar")
                        .file("c.json", config)
                        .file("manifest.json", manifest)
                        .end());

        try (var image = Images.open("docker-archive:" + path, DEFAULTS)) {
            assertThat(image.readLayers(_ -> new Seen(), ReadOptions.defaults()))
                    .hasSize(2);
        }
    }

    @Test
    void aLoopOfLinkedLayersIsAnError() {
        var config = bytes(image().plain(TAR).configuration());
        var path = ImageBytes.write(
                temporary.resolve("a.tar"),
                tar().symbolicLink("a", "b")
                        .symbolicLink("b", "a")
                        .file("c.json", config)
                        .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"a\"]}]")
                        .end());

        fails(path.toString(), Kind.UNREADABLE, "more than 40 links");
    }

    @Test
    void aNewerArchiveIsOpenedAsLayoutOrAsArchive() throws IOException {
        var builder = image().gzip(TAR);
        var files = builder.layout();
        var blob = builder.blobs().keySet().iterator().next();
        files.put(
                "manifest.json",
                bytes("[{\"Config\":\"" + blobPath(bytes(builder.configuration()))
                        + "\",\"RepoTags\":[\"app:1\"],\"Layers\":[\"" + blob + "\"]}]"));
        var path = archive(temporary.resolve("a.tar"), files);

        try (var asLayout = Images.open(path.toString(), DEFAULTS);
                var asArchive = Images.open("docker-archive:" + path, DEFAULTS)) {
            assertThat(asLayout.transport()).isEqualTo("oci-layout");
            assertThat(asArchive.transport()).isEqualTo("docker-archive");
            assertThat(asArchive.layers().getFirst().digest())
                    .isEqualTo(asLayout.layers().getFirst().digest());
            assertThat(read(asArchive).contents).isEqualTo(read(asLayout).contents);
        }
    }

    @Test
    void severalImagesMustBeToldApart() throws IOException {
        var one = image().gzip(TAR);
        var two = image().gzip(tar().file("b", "").end());
        Map<String, byte[]> blobs = new LinkedHashMap<>(one.blobs());
        blobs.putAll(two.blobs());
        var path = folder(
                temporary.resolve("l"),
                layout(
                        blobs,
                        descriptor(MANIFEST, bytes(one.manifest()), platform("linux", "amd64") + named("one")),
                        descriptor(
                                MANIFEST, bytes(two.manifest()), platform("linux", "amd64") + named("reg/app:two"))));

        fails(path.toString(), Kind.NOT_FOUND, "several images; name one of: one, reg/app:two");
        fails(path + ":three", Kind.NOT_FOUND, "no \"three\"; there are: one, reg/app:two");
        assertThat(Images.open(path + ":two", DEFAULTS).names()).containsExactly("reg/app:two");
        assertThat(Images.open(path + ":reg/app:two", DEFAULTS).id()).contains(parsed(bytes(two.configuration())));
    }

    @Test
    void findsAPlatformThroughIndexesOfIndexesAndSkipsAttestations() throws IOException {
        var amd = image().gzip(TAR);
        var arm = image().gzip(TAR).architecture("arm64");
        var inner = bytes(index(
                descriptor(MANIFEST, bytes(amd.manifest()), platform("linux", "amd64")),
                descriptor(MANIFEST, bytes(arm.manifest()), platform("linux", "arm64")),
                descriptor(MANIFEST, bytes("absent"), platform("unknown", "unknown"))));
        var middle = bytes(index(descriptor(INDEX, inner, "")));
        Map<String, byte[]> blobs = new LinkedHashMap<>(amd.blobs());
        blobs.putAll(arm.blobs());
        blobs.put(blobPath(inner), inner);
        blobs.put(blobPath(middle), middle);
        var path = folder(temporary.resolve("l"), layout(blobs, descriptor(INDEX, middle, named("v1"))))
                .toString();

        assertThat(Images.open(path, DEFAULTS).platform()).contains(AMD64);
        assertThat(Images.open(path, DEFAULTS).names()).containsExactly("v1");
        assertThat(Images.open(path, asking("linux/arm64/v8"))
                        .platform()
                        .orElseThrow()
                        .architecture())
                .isEqualTo("arm64");
        fails(path, asking("linux/s390x"), Kind.NOT_FOUND, "no image for linux/s390x; there are: linux/amd64");
        var limits = new ImageLimits(1 << 20, 10, 10, 1 << 20, 10, 100, 1, 1 << 20);
        fails(path, new OpenOptions(Optional.empty(), AMD64, limits), Kind.UNREADABLE, "--max-index-depth");
        fails(
                path,
                new OpenOptions(Optional.empty(), new Platform("linux", "riscv64", ""), ImageLimits.DEFAULTS),
                Kind.NOT_FOUND,
                "(--platform)");
    }

    @Test
    void theUsualVariantGoesBeforeOthersUnlessOneIsAskedFor() throws IOException {
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        var descriptors = new ArrayList<String>();
        var digests = new LinkedHashMap<String, String>();
        for (var platform : new String[] {"arm/v5", "arm/v6", "arm/v7", "arm64/v8", "arm64/v9", "amd64", "amd64/v3"}) {
            var parts = platform.split("/");
            var builder = image().gzip(tar().file(platform, "").end()).architecture(parts[0]);
            var manifest = bytes(builder.manifest());
            blobs.putAll(builder.blobs());
            var variant = parts.length > 1 ? ",\"variant\":\"" + parts[1] + "\"" : "";
            descriptors.add(
                    descriptor(MANIFEST, manifest, platform("linux", parts[0]).replace("\"}", "\"" + variant + "}")));
            digests.put(platform, digest(manifest));
        }
        var path = folder(temporary.resolve("l"), layout(blobs, descriptors.toArray(String[]::new)))
                .toString();
        var expected = new LinkedHashMap<String, String>();
        expected.put("linux/arm", "arm/v7");
        expected.put("linux/arm/v6", "arm/v6");
        expected.put("linux/arm64", "arm64/v8");
        expected.put("linux/arm64/v9", "arm64/v9");
        expected.put("linux/amd64", "amd64");
        expected.put("linux/amd64/v3", "amd64/v3");
        expected.put("linux/aarch64", "arm64/v8");
        expected.put("Linux/x86_64", "amd64");

        for (var asked : expected.entrySet()) {
            assertThat(Images.open(path, asking(asked.getKey())).manifestDigest())
                    .as(asked.getKey())
                    .contains(Digest.parse(digests.get(asked.getValue())).orElseThrow());
        }
        fails(
                path,
                asking("linux/arm/v8"),
                Kind.NOT_FOUND,
                "no image for linux/arm/v8; there are: linux/amd64 (@" + digests.get("amd64") + "), linux/amd64/v3 (@");
    }

    @Test
    void anIndexThatIsCalledAManifestIsReadAsWhatItIs() throws IOException {
        var builder = image().gzip(TAR);
        var inner = bytes(index(
                descriptor(MANIFEST, bytes(builder.manifest()), platform("linux", "amd64")),
                descriptor(MANIFEST, bytes("absent"), platform("linux", "arm64"))));
        Map<String, byte[]> blobs = new LinkedHashMap<>(builder.blobs());
        blobs.put(blobPath(inner), inner);

        for (var type : new String[] {MANIFEST, INDEX, "", "text/plain"}) {
            var path = folder(temporary.resolve("l" + type.length()), layout(blobs, descriptor(type, inner, "")));
            assertThat(Images.open(path.toString(), DEFAULTS).manifestDigest())
                    .contains(parsed(bytes(builder.manifest())));
        }
    }

    @Test
    void anUnpackedArchiveNamesFilesInItsFolderOnly() throws IOException {
        var outside = ImageBytes.write(temporary.resolve("secret.json"), bytes("{\"os\":\"linux\"}"));
        var number = 0;
        for (var name : new String[] {"../secret.json", "a/../../secret.json", outside.toString()}) {
            var folder = folder(
                    temporary.resolve("archive" + number++),
                    Map.of("manifest.json", bytes("[{\"Config\":\"" + name + "\",\"Layers\":[]}]"), "a/x", bytes("")));
            fails(folder.toString(), Kind.UNREADABLE, name + " is missing");
        }
        var inside = folder(
                temporary.resolve("good"),
                Map.of(
                        "manifest.json",
                        bytes("[{\"Config\":\"a/../c.json\",\"Layers\":[]}]"),
                        "a/x",
                        bytes(""),
                        "c.json",
                        bytes("{\"os\":\"plan9\"}")));
        assertThat(Images.open(inside.toString(), DEFAULTS)
                        .platform()
                        .orElseThrow()
                        .os())
                .isEqualTo("plan9");
    }

    @Test
    void namesInMessagesAreShortAndWithoutControlCharacters() {
        var name = "\\u001b[31m" + "n".repeat(100_000);
        var path = archive(
                temporary.resolve("a.tar"),
                Map.of("manifest.json", bytes("[{\"Config\":\"" + name + "\",\"Layers\":[]}]")));

        assertThatThrownBy(() -> Images.open(path.toString(), DEFAULTS))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(": \\x1b[31mnnn")
                        .contains("…")
                        .endsWith("n is missing")
                        .hasSizeLessThan(2100));
    }

    @Test
    void anArchiveThatIsCutBeforeItsManifestIsUnreadableAndNotSomethingElse() {
        var archive = tar().file("layer.tar", TAR).bytes();

        fails(ImageBytes.write(temporary.resolve("cut.tar"), archive).toString(), Kind.UNREADABLE, "it is cut off");
        fails(
                "docker-archive:" + ImageBytes.write(temporary.resolve("cut2.tar"), archive),
                Kind.UNREADABLE,
                "it is cut off");
        fails(
                ImageBytes.write(
                                temporary.resolve("whole.tar"),
                                tar().file("layer.tar", TAR).end())
                        .toString(),
                Kind.NOT_FOUND,
                "neither index.json");
    }

    @Test
    void theOnlyImageIsTakenWhateverItsPlatformUnlessOneIsAskedFor() throws IOException {
        var path = folder(
                        temporary.resolve("l"),
                        image().gzip(TAR).architecture("s390x").layout())
                .toString();
        var archive = archive(
                temporary.resolve("a.tar"),
                image().plain(TAR).architecture("s390x").dockerArchive("a:1"));

        assertThat(Images.open(path, DEFAULTS).platform().orElseThrow().architecture())
                .isEqualTo("s390x");
        fails(path, asking("linux/amd64"), Kind.NOT_FOUND, "linux/s390x");
        fails(archive.toString(), asking("linux/amd64"), Kind.NOT_FOUND, "linux/s390x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./nothing-there",
                "nothing-there.tar",
                "No/Name",
                "oci-layout:nothing-there",
                "docker-archive:nothing"
            })
    void whatIsNotThereIsSaid(String where) {
        fails(where, Kind.NOT_FOUND, where);
    }

    @Test
    void anUnknownSchemeTellsWhatIsSupported() {
        fails("floppy:/app", Kind.NOT_FOUND, "\"floppy:\" is not supported; supported are dir:");
    }

    @Test
    void aFolderOrTarThatIsNoImageIsSaidToBeNone() {
        fails("oci-layout:" + temporary, Kind.NOT_FOUND, "neither index.json (OCI layout) nor manifest.json");
        fails(
                archive(temporary.resolve("a.tar"), Map.of("a", bytes("x"))).toString(),
                Kind.NOT_FOUND,
                "neither index.json");
        fails(
                ImageBytes.write(temporary.resolve("t"), bytes("text ".repeat(200)))
                        .toString(),
                Kind.UNREADABLE,
                "not a tar");
        fails(
                ImageBytes.write(temporary.resolve("z"), ImageBytes.gzipped(TAR))
                        .toString(),
                Kind.NOT_FOUND,
                "neither index.json");
    }

    @Test
    void everyMissingBlobIsNamed() {
        var builder = image().gzip(TAR);
        var number = 0;
        for (var missing : builder.blobs().keySet()) {
            var files = builder.layout();
            files.remove(missing);
            fails(folder(temporary.resolve("l" + number++), files).toString(), Kind.UNREADABLE, missing);
        }
    }

    @Test
    void aChangedManifestOrConfigurationIsAnErrorWithBothDigests() {
        var builder = image().gzip(TAR);
        var number = 0;
        for (var document : new String[] {builder.manifest(), builder.configuration()}) {
            var files = builder.layout();
            var other = bytes(document.replace("{", "{ "));
            files.put(blobPath(bytes(document)), other);
            var path = folder(temporary.resolve("l" + number++), files).toString();
            fails(path, Kind.UNREADABLE, digest(bytes(document)) + " is expected");
            fails(path, Kind.UNREADABLE, "has digest " + digest(other));
        }
        var files = builder.dockerArchive("a:1");
        files.put(hex(bytes(builder.configuration())) + ".json", bytes(builder.configuration() + " "));
        fails(archive(temporary.resolve("a.tar"), files).toString(), Kind.UNREADABLE, "not that of its name");
    }

    @Test
    void aLayerOfAnotherSizeIsAnError() {
        var files = image().gzip(TAR).layout();
        var blob = files.keySet().iterator().next();
        files.put(blob, new byte[3]);

        fails(folder(temporary.resolve("l"), files).toString(), Kind.UNREADABLE, "has 3 bytes where the manifest says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"manifests\":[{}]}",
                "{\"manifests\":[{\"digest\":\"sha256:../../etc\"}]}",
                "{\"manifests\":1}"
            })
    void anIndexThatCannotBeIsAnError(String index) {
        var files = image().gzip(TAR).layout();
        files.put("index.json", bytes(index));

        assertThatThrownBy(
                        () -> Images.open(folder(temporary.resolve("l"), files).toString(), DEFAULTS))
                .isInstanceOf(ImageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{}]",
                "[{\"Config\":\"gone\"}]",
                "[{\"Config\":\"manifest.json\",\"Layers\":[\"a\"]}]",
                "[]"
            })
    void aManifestOfAnArchiveThatCannotBeIsAnError(String manifest) {
        var path = archive(temporary.resolve("a.tar"), Map.of("manifest.json", bytes(manifest)));

        assertThatThrownBy(() -> Images.open(path.toString(), DEFAULTS)).isInstanceOf(ImageException.class);
    }

    @Test
    void deepJsonIsAnError() {
        var files = image().gzip(TAR).layout();
        files.put("index.json", bytes("[".repeat(100_000)));

        fails(folder(temporary.resolve("l"), files).toString(), Kind.UNREADABLE, "index.json: over a limit");
    }

    @Test
    void limitsOfManifestsAndLayersHoldOnBothSides() throws IOException {
        var builder = image().gzip(TAR).gzip(TAR);
        var path = folder(temporary.resolve("l"), builder.layout()).toString();
        var longest = Math.max(
                builder.manifest().length(),
                new String(builder.layout().get("index.json"), StandardCharsets.UTF_8).length());

        assertThat(Images.open(path, limited(longest, 2)).layers()).hasSize(2);
        fails(
                path,
                limited(longest - 1, 2),
                Kind.UNREADABLE,
                "over the limit of " + (longest - 1) + " (--max-manifest-bytes)");
        fails(path, limited(longest, 1), Kind.UNREADABLE, "over the limit of 1 (--max-layers)");
    }

    @Test
    void readsTheConfigurationAsFacts() throws IOException {
        try (var image = Images.open(
                folder(temporary.resolve("l"), image().gzip(TAR).layout()).toString(), DEFAULTS)) {
            assertThat(image.configuration().orElseThrow().environment()).containsExactly("A=1");
            assertThat(image.configuration().orElseThrow().healthcheck()).isEmpty();
            assertThat(image.configuration().orElseThrow().diffIds()).containsExactly(parsed(TAR));
        }
    }

    private static OpenOptions limited(int manifestBytes, int layers) {
        return new OpenOptions(
                Optional.empty(), AMD64, new ImageLimits(manifestBytes, layers, 10, 1 << 20, 10, 100, 8, 1 << 20));
    }

    private static OpenOptions asking(String platform) {
        return new OpenOptions(Platform.parse(platform), AMD64, ImageLimits.DEFAULTS);
    }

    private static Seen read(Image image) throws IOException {
        return image.readLayers(_ -> new Seen(), ReadOptions.defaults())
                .getFirst()
                .found();
    }

    private static Digest parsed(byte[] content) {
        return Digest.sha256(hex(content));
    }

    private static void fails(String where, Kind kind, String message) {
        fails(where, DEFAULTS, kind, message);
    }

    private static void fails(String where, OpenOptions options, Kind kind, String message) {
        assertThatThrownBy(() -> Images.open(where, options))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }
}
