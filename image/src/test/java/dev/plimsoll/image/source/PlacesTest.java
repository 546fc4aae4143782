package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.archive;
import static dev.plimsoll.image.ImageBytes.folder;
import static dev.plimsoll.image.ImageBytes.gzipped;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.registry.RegistryOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the places are told apart that an image may come from, and those that need no network.
class PlacesTest {

    private static final byte[] TAR = tar().file("etc/os-release", "ID=x").end();

    @TempDir
    Path temporary;

    private Path spools;

    @BeforeEach
    void spoolFolder() throws IOException {
        spools = Files.createDirectory(temporary.resolve("spools"));
    }

    @Test
    void packedArchivesAreReadAndLeaveNothingBehind() throws IOException {
        var docker = archiveBytes(image().plain(TAR).dockerArchive("app:1"));
        var layout = archiveBytes(image().gzip(TAR).layout());
        for (var path : List.of(
                ImageBytes.write(temporary.resolve("docker.tar.gz"), gzipped(docker)),
                ImageBytes.write(temporary.resolve("docker.tar.zst"), Zstd.compress(docker)),
                ImageBytes.write(temporary.resolve("layout.tgz"), gzipped(layout)),
                ImageBytes.write(temporary.resolve("layout"), Zstd.compress(layout)))) {
            try (var image = Images.open(path.toString(), context(List.of()))) {
                assertThat(read(image).contents).containsOnlyKeys("etc/os-release");
                assertThat(image.origin()).endsWith(path.toString());
                assertThat(image.verified()).isTrue();
                assertThat(spooled()).hasSize(1);
            }
            assertThat(spooled()).isEmpty();
        }
    }

    @Test
    void standardInputIsReadInEveryForm() throws IOException {
        var docker = archiveBytes(image().plain(TAR).dockerArchive("app:1"));
        var layout = archiveBytes(image().gzip(TAR).layout());
        for (var bytes : List.of(docker, gzipped(docker), layout, Zstd.compress(layout))) {
            try (var image = Images.open("-", reading(new ByteArrayInputStream(bytes)))) {
                assertThat(read(image).contents).containsOnlyKeys("etc/os-release");
                assertThat(image.origin()).endsWith("standard input");
            }
        }
        try (var image = Images.open("docker-archive:-", reading(new ByteArrayInputStream(docker)))) {
            assertThat(image.names()).containsExactly("app:1");
        }
        assertThatThrownBy(() -> Images.open("oci-archive:-", reading(new ByteArrayInputStream(docker))))
                .hasMessageContaining("standard input: is not an image");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void anEmptyOrForeignStandardInputIsToldToBeNone() throws IOException {
        assertThatThrownBy(() -> Images.open("-", reading(InputStream.nullInputStream())))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("standard input is empty");
        assertThatThrownBy(() -> Images.open(
                        "-", reading(new ByteArrayInputStream(ImageBytes.bytes("{\"a\": 1}\n".repeat(100))))))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("standard input");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void aCutOrOversizedPackedArchiveIsAnErrorAndLeavesNothingBehind() throws IOException {
        var packed = gzipped(archiveBytes(image().plain(TAR).dockerArchive("app:1")));
        var cut = ImageBytes.write(temporary.resolve("cut.tar.gz"), Arrays.copyOf(packed, packed.length / 2));
        fails(cut.toString(), context(List.of()), Kind.UNREADABLE, cut + ": the packed data end early");

        var large = ImageBytes.write(
                temporary.resolve("large.tar.gz"),
                gzipped(tar().file("zeros", new byte[2 << 20]).end()));
        fails(
                large.toString(),
                context(List.of()),
                Kind.UNREADABLE,
                large + ": unpacks to more than the limit of 1048576 bytes (--max-spool-bytes)");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void aTemporaryFolderThatIsNotThereIsNamed() {
        var packed = ImageBytes.write(temporary.resolve("a.tar.gz"), gzipped(TAR));
        var context = context(List.of(), InputStream.nullInputStream(), temporary.resolve("nowhere"), Optional.empty());

        fails(packed.toString(), context, Kind.UNREADABLE, "TMPDIR");
    }

    @Test
    void anImageOfSeveralIsNamedByTheOptionToo() throws IOException {
        var one = image().plain(TAR);
        var two = image().plain(tar().file("b", "2").end());
        Map<String, byte[]> files = new LinkedHashMap<>(one.dockerArchive("reg/app:one"));
        files.putAll(two.dockerArchive("reg/app:two"));
        // the layers' names would clash: each gets its own
        files.put("two/layer.tar", tar().file("b", "2").end());
        files.put("one/layer.tar", TAR);
        files.put(
                "manifest.json",
                ImageBytes.bytes(
                        "[" + entry(one, "reg/app:one", "one") + "," + entry(two, "reg/app:two", "two") + "]"));
        var path = archive(temporary.resolve("several.tar"), files);

        try (var image = Images.open(path.toString(), named("reg/app:two"))) {
            assertThat(image.names()).containsExactly("reg/app:two");
            assertThat(read(image).contents).containsOnlyKeys("b");
        }
        fails(path.toString(), context(List.of()), Kind.NOT_FOUND, "name one of: reg/app:one, reg/app:two");
        fails(path + ":one", named("two"), Kind.NOT_FOUND, "--image");
        fails(path.toString(), named("three"), Kind.NOT_FOUND, "holds no \"three\"");
    }

    private static String entry(ImageBytes image, String name, String folder) {
        return "{\"Config\":\"" + ImageBytes.hex(ImageBytes.bytes(image.configuration())) + ".json\",\"RepoTags\":[\""
                + name + "\"],\"Layers\":[\"" + folder + "/layer.tar\"]}";
    }

    @Test
    void aFolderOfFilesIsReadAsItLies() throws IOException {
        var root = folder(temporary.resolve("root"), Map.of("etc/os-release", ImageBytes.bytes("ID=x")));
        for (var where : List.of(root.toString(), "dir:" + root)) {
            try (var image = Images.open(where, context(List.of()))) {
                assertThat(image.transport()).isEqualTo("dir");
                assertThat(image.origin()).isEqualTo("folder " + root.toRealPath());
                assertThat(image.verified()).isFalse();
                assertThat(image.id()).isEmpty();
                assertThat(image.configuration()).isEmpty();
                assertThat(image.layers()).isEmpty();
                assertThat(read(image).contents).containsOnlyKeys("etc/os-release");
            }
        }
    }

    @Test
    void whatOtherToolsCallAnImageIsTold() {
        fails("docker://reg.example/app:1", context(List.of()), Kind.NOT_FOUND, "write registry:reg.example/app:1");
        fails("reg.example:5000/App", context(List.of()), Kind.NOT_FOUND, "App");
    }

    /// Which name counts must not depend on what else somebody called the image.
    @Test
    void theNameThatWasAskedForStandsFirst() throws IOException {
        var image = image().plain(TAR);
        Map<String, byte[]> files = new LinkedHashMap<>(image.dockerArchive("shop/web:1"));
        files.put(
                "manifest.json",
                ImageBytes.bytes("[" + entry(image, "shop/web:1\",\"a.example/other:9", "layer0") + "]"));
        var path = archive(temporary.resolve("names.tar"), files);

        assertThat(Images.open(path.toString(), context(List.of())).names())
                .containsExactly("a.example/other:9", "shop/web:1");
        assertThat(Images.open(path.toString(), named("shop/web:1")).names())
                .containsExactly("shop/web:1", "a.example/other:9");
        assertThat(Images.open(path + ":1", context(List.of())).names())
                .containsExactly("shop/web:1", "a.example/other:9");
    }

    @Test
    void whatIsLeftOfALayoutIsNotReadAsAFolderOfFiles() {
        var broken = new LinkedHashMap<>(image().gzip(TAR).layout());
        broken.remove("index.json");
        var path = folder(temporary.resolve("broken"), broken);

        fails(path.toString(), context(List.of()), Kind.NOT_FOUND, "neither index.json");
    }

    @Test
    void aSingleFileIsReadByItsNameAndOnlyWhenAsked() throws IOException {
        var file = ImageBytes.write(temporary.resolve("app.jar"), ImageBytes.bytes("PK"));
        try (var image = Images.open("file:" + file, context(List.of()))) {
            assertThat(image.transport()).isEqualTo("file");
            assertThat(read(image).contents).containsOnlyKeys("app.jar");
        }
        fails(file.toString(), context(List.of()), Kind.UNREADABLE, "app.jar");
        var jar = ImageBytes.write(temporary.resolve("web.jar"), ImageBytes.bytes("PK\u0003\u0004"));
        fails(jar.toString(), context(List.of()), Kind.NOT_FOUND, "a single file is file:" + jar);
        var document = ImageBytes.write(temporary.resolve("bom.json"), ImageBytes.bytes("{}"));
        fails(document.toString(), context(List.of()), Kind.NOT_FOUND, "is sbom:" + document);
        fails("file:" + temporary, context(List.of()), Kind.NOT_FOUND, "is not a file (dir:");
        fails("dir:" + file, context(List.of()), Kind.NOT_FOUND, "is not a folder (file:");
        fails("dir:" + temporary.resolve("no"), context(List.of()), Kind.NOT_FOUND, "there is no such file or folder");
    }

    @Test
    void fromFixesWhereAWordIsLookedFor() throws IOException {
        var layout = folder(temporary.resolve("layout"), image().gzip(TAR).layout());

        fails(layout.toString(), context(List.of("docker-archive")), Kind.NOT_FOUND, "is not a docker archive");
        try (var image = Images.open(layout.toString(), context(List.of("dir")))) {
            assertThat(image.transport()).isEqualTo("dir");
        }
        fails(
                layout.toString(),
                context(List.of("floppy")),
                Kind.NOT_FOUND,
                "--from: there is no \"floppy\"; there are");
    }

    @Test
    void theDocumentsAreKeptByteForByte() throws IOException {
        var builder = image().gzip(TAR);
        var layout = folder(temporary.resolve("layout"), builder.layout());

        try (var image = Images.open(layout.toString(), context(List.of()))) {
            assertThat(image.documents())
                    .extracting(ImageDocument::text)
                    .containsExactly(builder.manifest(), builder.configuration());
        }
    }

    private static byte[] archiveBytes(Map<String, byte[]> files) {
        var tar = tar();
        files.forEach(tar::file);
        return tar.end();
    }

    private List<String> spooled() throws IOException {
        try (var files = Files.list(spools)) {
            return files.map(Path::toString).toList();
        }
    }

    private SourceContext context(List<String> from) {
        return context(from, InputStream.nullInputStream(), spools, Optional.empty());
    }

    private SourceContext reading(InputStream in) {
        return context(List.of(), in, spools, Optional.empty());
    }

    private SourceContext named(String name) {
        return context(List.of(), InputStream.nullInputStream(), spools, Optional.of(name));
    }

    private static SourceContext context(List<String> from, InputStream in, Path spools, Optional<String> name) {
        var limits = new ImageLimits(1 << 20, 10, 1000, 1 << 20, 1000, 4096, 8, 1 << 20);
        return new SourceContext(
                Path.of(""),
                new OpenOptions(Optional.empty(), new Platform("linux", "amd64", ""), limits),
                name,
                from,
                Map.of(),
                in,
                spools,
                Duration.ofMinutes(1),
                _ -> {},
                RegistryOptions.DEFAULTS);
    }

    private static Seen read(Image image) throws IOException {
        return image.readLayers(_ -> new Seen(), ReadOptions.defaults())
                .getFirst()
                .found();
    }

    private static void fails(String where, SourceContext context, Kind kind, String message) {
        assertThatThrownBy(() -> Images.open(where, context))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }
}
