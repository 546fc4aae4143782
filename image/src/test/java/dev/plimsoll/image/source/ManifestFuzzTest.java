package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.MANIFEST;
import static dev.plimsoll.image.ImageBytes.archive;
import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.descriptor;
import static dev.plimsoll.image.ImageBytes.folder;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.ImageBytes.layout;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in place of an index, a manifest, a configuration: an image or a clear error.
class ManifestFuzzTest {

    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());

    @TempDir
    static Path temporary;

    @MethodSource("documents")
    @FuzzTest
    void anyIndexGivesAnImageOrAClearError(byte[] document) throws IOException {
        var files = IMAGE.layout();
        files.put("index.json", document);
        opens(folder(temporary.resolve("index"), files));
    }

    @MethodSource("documents")
    @FuzzTest
    void anyManifestGivesAnImageOrAClearError(byte[] document) throws IOException {
        Map<String, byte[]> blobs = new LinkedHashMap<>(IMAGE.blobs());
        blobs.put(ImageBytes.blobPath(document), document);
        opens(folder(temporary.resolve("manifest"), layout(blobs, descriptor(MANIFEST, document, ""))));
    }

    @MethodSource("documents")
    @FuzzTest
    void anyManifestOfAnArchiveGivesAnImageOrAClearError(byte[] document) throws IOException {
        var files = IMAGE.dockerArchive("app:1");
        files.put("manifest.json", document);
        opens(archive(temporary.resolve("archive.tar"), files));
    }

    @MethodSource("documents")
    @FuzzTest
    void anyConfigurationGivesAnImageOrAClearError(byte[] document) throws IOException {
        opens(archive(
                temporary.resolve("configuration.tar"),
                Map.of("manifest.json", bytes("[{\"Config\":\"c\",\"Layers\":[]}]"), "c", document)));
    }

    private static void opens(Path path) throws IOException {
        try (var image = Images.open(path.toString(), OpenOptions.defaults())) {
            assertThat(image.layers()).hasSizeLessThanOrEqualTo(1000);
        } catch (ImageException e) {
            assertThat(e).hasMessageStartingWith(path.toString());
        }
    }

    /// Good documents of each kind, bad ones, and each good one cut and changed in many places.
    static Stream<byte[]> documents() {
        var good = Stream.of(
                new String(IMAGE.layout().get("index.json"), StandardCharsets.UTF_8),
                IMAGE.manifest(),
                IMAGE.configuration(),
                new String(IMAGE.dockerArchive("a:1").get("manifest.json"), StandardCharsets.UTF_8));
        var bad = Stream.of(
                "",
                "null",
                "[]",
                "{}",
                "\"\"",
                "1e999999999",
                "[{}]",
                "{\"manifests\":[[]]}",
                "{\"manifests\":[{\"digest\":\"sha256:" + "0".repeat(64) + "\",\"size\":-1}]}",
                "{\"manifests\":[{\"digest\":\"sha256:" + "0".repeat(64) + "\",\"size\":1e400}]}",
                "{\"manifests\":[{\"digest\":\"sha256:" + "0".repeat(64) + "\",\"size\":0.5}]}",
                "{\"config\":[],\"layers\":{}}",
                "{\"rootfs\":{\"diff_ids\":[7]}}",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "\ud83d\ude00");
        return Stream.concat(bad, good.flatMap(ManifestFuzzTest::changed)).map(ImageBytes::bytes);
    }

    private static Stream<String> changed(String text) {
        Stream<String> cut =
                Stream.iterate(0, at -> at < text.length(), at -> at + 101).map(at -> text.substring(0, at));
        Stream<String> changed = Stream.iterate(0, at -> at < text.length(), at -> at + 103)
                .map(at -> text.substring(0, at) + "\"[{:,9\u0000".charAt(at % 7) + text.substring(at + 1));
        return Stream.concat(Stream.of(text), Stream.concat(cut, changed));
    }
}
