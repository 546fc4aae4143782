package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.noImage;
import static dev.plimsoll.cli.hostile.HostileCase.refused;
import static dev.plimsoll.image.ImageBytes.INDEX;
import static dev.plimsoll.image.ImageBytes.MANIFEST;
import static dev.plimsoll.image.ImageBytes.blobPath;
import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.descriptor;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.index;
import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.ImageBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Indexes, manifests and configurations that lie, repeat themselves or have no end.
final class ManifestCases {

    private static final ImageBytes IMAGE =
            ImageBytes.image().plain(OddImage.good()).gzip(tar().file("a", "x").end());
    private static final byte[] CONFIGURATION = bytes(IMAGE.configuration());
    private static final byte[] MANIFEST_BYTES = bytes(IMAGE.manifest());
    private static final byte[] LAYER = OddImage.good();

    private ManifestCases() {}

    static List<HostileCase> all() {
        return Stream.of(blobs(), indexes(), sizes(), contents(), folders())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> blobs() {
        return List.of(
                refused("manifest: a layer of a wrong digest", changed(LAYER), "layer 1", digest(LAYER)),
                refused(
                        "manifest: a manifest of a wrong digest",
                        changed(MANIFEST_BYTES),
                        "has digest",
                        digest(MANIFEST_BYTES)),
                refused(
                        "manifest: a configuration of a wrong digest",
                        changed(CONFIGURATION),
                        "has digest",
                        digest(CONFIGURATION)),
                refused("manifest: a layer of a wrong size", grown(LAYER), "layer 1", "bytes where the manifest says"),
                refused("manifest: a manifest of a wrong size", sized(MANIFEST_BYTES), "bytes where its index says 7"),
                refused(
                        "manifest: a configuration of a wrong size",
                        manifest(text -> text.replaceFirst("\"size\":[0-9]+", "\"size\":7")),
                        "bytes where its manifest says 7"),
                refused("manifest: a missing layer", without(LAYER), "layer 1", "is missing"),
                refused("manifest: a missing manifest", without(MANIFEST_BYTES), "is missing"),
                refused("manifest: a missing configuration", without(CONFIGURATION), "is missing"),
                refused(
                        "manifest: more layers than the configuration has",
                        configuration(text -> text.replaceFirst("\"diff_ids\":\\[[^,]*,", "\"diff_ids\":[")),
                        "has 2 layers where its configuration has 1"),
                refused(
                        "manifest: fewer layers than the configuration has",
                        configuration(text ->
                                text.replaceFirst("\"diff_ids\":\\[", "\"diff_ids\":[\"" + digest(LAYER) + "\",")),
                        "has 2 layers where its configuration has 3"),
                refused(
                        "manifest: an archive with more layers than its configuration",
                        (folder, _) -> {
                            var files = IMAGE.dockerArchive("a:1");
                            files.put(
                                    "manifest.json",
                                    bytes(new String(
                                                    files.get("manifest.json"), java.nio.charset.StandardCharsets.UTF_8)
                                            .replace("\"Layers\":[", "\"Layers\":[\"layer0/layer.tar\",")));
                            var archive = tar();
                            files.forEach(archive::file);
                            return OddImage.archive(folder, archive.end());
                        },
                        "manifest.json names 3 layers, the configuration 2"),
                refused(
                        "manifest: a layer of an archive that has another diff id",
                        (folder, _) -> {
                            var files = IMAGE.dockerArchive("a:1");
                            files.put(
                                    "layer0/layer.tar", tar().file("a", "other").end());
                            var archive = tar();
                            files.forEach(archive::file);
                            return OddImage.archive(folder, archive.end());
                        },
                        "layer 1",
                        "diff id"));
    }

    private static List<HostileCase> indexes() {
        return List.of(
                lawful(
                        "manifest: one manifest a thousand times",
                        (folder, _) -> {
                            var descriptors = new String[1000];
                            java.util.Arrays.fill(descriptors, descriptor(MANIFEST, MANIFEST_BYTES, ""));
                            return OddImage.layout(folder, ImageBytes.layout(IMAGE.blobs(), descriptors));
                        },
                        "a"),
                refused(
                        "manifest: an index in itself",
                        (folder, _) -> {
                            var claimed = digest(bytes("itself"));
                            var self = index(
                                    "{\"mediaType\":\"" + INDEX + "\",\"digest\":\"" + claimed + "\",\"size\":1}");
                            var blobs = new LinkedHashMap<>(IMAGE.blobs());
                            blobs.put("blobs/sha256/" + claimed.substring(7), bytes(self));
                            blobs.put("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
                            blobs.put("index.json", bytes(self));
                            return OddImage.layout(folder, blobs);
                        },
                        "has digest",
                        "is expected"),
                refused(
                        "manifest: indexes in indexes, a hundred deep",
                        (folder, _) -> {
                            var blobs = new LinkedHashMap<>(IMAGE.blobs());
                            var inner = descriptor(MANIFEST, MANIFEST_BYTES, "");
                            for (var depth = 0; depth < 100; depth++) {
                                var index = bytes(index(inner));
                                blobs.put(blobPath(index), index);
                                inner = descriptor(INDEX, index, "");
                            }
                            return OddImage.layout(folder, ImageBytes.layout(blobs, inner));
                        },
                        "--max-index-depth"),
                lawful(
                        "manifest: indexes that fan out to the same",
                        (folder, _) -> {
                            var blobs = new LinkedHashMap<>(IMAGE.blobs());
                            var inner = descriptor(MANIFEST, MANIFEST_BYTES, "");
                            for (var depth = 0; depth < 7; depth++) {
                                var descriptors = new String[1000];
                                java.util.Arrays.fill(descriptors, inner);
                                var index = bytes(index(descriptors));
                                blobs.put(blobPath(index), index);
                                inner = descriptor(INDEX, index, "");
                            }
                            return OddImage.layout(folder, ImageBytes.layout(blobs, inner));
                        },
                        "a"),
                refused(
                                "manifest: an index of too many manifests",
                                (folder, scale) -> {
                                    var descriptors = new String[scale == Scale.FULL ? 20_000 : 200];
                                    for (var i = 0; i < descriptors.length; i++) {
                                        descriptors[i] = descriptor(MANIFEST, bytes("m" + i), "");
                                    }
                                    return OddImage.layout(folder, ImageBytes.layout(IMAGE.blobs(), descriptors));
                                },
                                "--max-manifests")
                        .lowered("--max-manifests", "100"),
                noImage(
                        "manifest: an index without an image",
                        (folder, _) -> OddImage.layout(folder, ImageBytes.layout(IMAGE.blobs())),
                        "holds no image"),
                refused(
                        "manifest: an index that is a manifest too",
                        manifest(text ->
                                text.replaceFirst("\"schemaVersion\":2", "\"schemaVersion\":2,\"manifests\":[]")),
                        "is both an index and a manifest"));
    }

    private static List<HostileCase> sizes() {
        return List.of(
                refused(
                                "manifest: a manifest of 100 MB",
                                (folder, scale) -> replaced(
                                        folder,
                                        MANIFEST_BYTES,
                                        bytes(IMAGE.manifest()
                                                + " ".repeat(scale == Scale.FULL ? 100 << 20 : 1 << 20))),
                                "--max-manifest-bytes")
                        .lowered("--max-manifest-bytes", "65536"),
                refused(
                                "manifest: an index.json of 100 MB",
                                (folder, scale) -> {
                                    var files = IMAGE.layout();
                                    files.put("index.json", new byte[scale == Scale.FULL ? 100 << 20 : 1 << 20]);
                                    return OddImage.layout(folder, files);
                                },
                                "index.json",
                                "--max-manifest-bytes")
                        .lowered("--max-manifest-bytes", "65536"),
                refused(
                                "manifest: a manifest.json of 100 MB",
                                (folder, scale) -> OddImage.archive(
                                        folder,
                                        tar().file("manifest.json", new byte[scale == Scale.FULL ? 100 << 20 : 1 << 20])
                                                .end()),
                                "manifest.json",
                                "--max-manifest-bytes")
                        .lowered("--max-manifest-bytes", "65536"),
                refused(
                        "manifest: as many values as fit in 8 MB",
                        (folder, scale) -> {
                            var files = IMAGE.layout();
                            files.put("index.json", bytes("{\"x\":[" + "0,".repeat(4_000_000) + "0]}"));
                            return OddImage.layout(folder, files);
                        },
                        "index.json",
                        "values"),
                refused(
                        "manifest: depth 100,000 of arrays",
                        document("{\"manifests\":" + "[".repeat(100_000)),
                        "index.json",
                        "over a limit"),
                refused(
                        "manifest: depth 100,000 of objects",
                        document("{\"a\":".repeat(100_000)),
                        "index.json",
                        "over a limit"),
                refused(
                        "manifest: a configuration of depth 100,000",
                        (folder, _) -> configured(folder, "{\"config\":" + "[".repeat(100_000)),
                        "over a limit"),
                refused(
                                "manifest: ten thousand layers",
                                (folder, scale) -> {
                                    var image = ImageBytes.image().plain(OddImage.good());
                                    var layer = tar().end();
                                    for (var i = 0; i < (scale == Scale.FULL ? 10_000 : 100); i++) {
                                        image.plain(layer);
                                    }
                                    return OddImage.layout(folder, image.layout());
                                },
                                "--max-layers")
                        .lowered("--max-layers", "50"));
    }

    private static List<HostileCase> contents() {
        return List.of(
                refused(
                        "manifest: a key twice",
                        manifest(text -> text.replaceFirst("\"layers\":", "\"layers\":[],\"layers\":")),
                        "layers"),
                refused(
                        "manifest: a key twice in the configuration",
                        configuration(text ->
                                text.replaceFirst("\"config\":", "\"config\":{\"User\":\"nobody\"},\"config\":")),
                        "config"),
                refused(
                        "manifest: a key twice in index.json",
                        document("{\"manifests\":[],\"manifests\":[]}"),
                        "manifests"),
                refused(
                        "manifest: a key twice that differs by case",
                        manifest(text -> text.replaceFirst("\"layers\":", "\"Layers\":[],\"layers\":")),
                        "\"Layers\""),
                refused(
                        "manifest: a key of the configuration in another case",
                        configuration(text -> text.replaceFirst("\"config\":", "\"Config\":")),
                        "\"Config\""),
                refused("manifest: a size of 1e400", sized("1e400"), "/size is not a number of bytes"),
                refused("manifest: a size of 10^999999999", sized("1e999999999"), "index.json"),
                refused("manifest: a negative size", sized("-1"), "/size is not a number of bytes"),
                refused("manifest: a size of half a byte", sized("0.5"), "/size is not a number of bytes"),
                refused(
                        "manifest: a size beyond 63 bits",
                        sized("9223372036854775808"),
                        "/size is not a number of bytes"),
                refused("manifest: a number of a million digits", sized("9".repeat(1_000_000)), "over a limit"),
                refused(
                        "manifest: a digest that leads out",
                        (folder, _) -> {
                            var files = IMAGE.layout();
                            files.put(
                                    "index.json",
                                    bytes(index("{\"mediaType\":\"" + MANIFEST
                                            + "\",\"digest\":\"sha256:../../../etc/passwd\",\"size\":1}")));
                            return OddImage.layout(folder, files);
                        },
                        "/digest is not a sha256 or sha512 digest"),
                refused(
                        "manifest: a configuration that is an array",
                        (folder, _) -> configured(folder, "[]"),
                        "is not a JSON object but array"),
                refused(
                        "manifest: a configuration that is a text",
                        (folder, _) -> configured(folder, "\"x\""),
                        "is not a JSON object but string"),
                refused(
                        "manifest: a configuration that is empty",
                        (folder, _) -> configured(folder, ""),
                        "the text is empty"),
                refused(
                        "manifest: a manifest that is an array",
                        (folder, _) -> replaced(folder, MANIFEST_BYTES, bytes("[]")),
                        "is not a JSON object"),
                refused(
                        "manifest: layers that are an object",
                        manifest(text -> text.replaceFirst("\"layers\":\\[.*\\]", "\"layers\":{}")),
                        "layers"),
                refused(
                        "manifest: layers that are numbers",
                        manifest(text -> text.replaceFirst("\"layers\":\\[.*\\]", "\"layers\":[1,2]")),
                        "/layers"),
                refused(
                        "manifest: not UTF-8",
                        (folder, _) -> replaced(
                                folder, MANIFEST_BYTES, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
                        "not JSON"),
                refused(
                        "manifest: of schema 1",
                        (folder, _) -> replaced(folder, MANIFEST_BYTES, bytes("{\"schemaVersion\":1,\"fsLayers\":[]}")),
                        "is a manifest of schema 1"));
    }

    private static List<HostileCase> folders() {
        return List.of(
                refused(
                        "manifest: an index.json that is a link to a device",
                        (folder, _) -> {
                            var layout = OddImage.layout(folder, IMAGE.layout());
                            var file = folder.resolve("image/index.json");
                            Files.delete(file);
                            Files.createSymbolicLink(file, Path.of("/dev/zero"));
                            return layout;
                        },
                        "is not a regular file"),
                refused(
                        "manifest: a layer that is a link to a device",
                        (folder, _) -> {
                            var layout = OddImage.layout(folder, IMAGE.layout());
                            var file = folder.resolve("image").resolve(blobPath(LAYER));
                            Files.delete(file);
                            Files.createSymbolicLink(file, Path.of("/dev/zero"));
                            return layout;
                        },
                        "is not a regular file"),
                refused(
                        "manifest: an unpacked archive that names files outside",
                        (folder, _) -> {
                            var files = IMAGE.dockerArchive("a:1");
                            files.put(
                                    "manifest.json",
                                    bytes(new String(
                                                    files.get("manifest.json"), java.nio.charset.StandardCharsets.UTF_8)
                                            .replace("layer0/layer.tar", "../../../../../../../etc/passwd")));
                            ImageBytes.folder(folder.resolve("image"), files);
                            return "docker-archive:image";
                        },
                        "is missing"));
    }

    private static HostileCase.Generator document(String text) {
        return (folder, _) -> {
            var files = IMAGE.layout();
            files.put("index.json", bytes(text));
            return OddImage.layout(folder, files);
        };
    }

    private static HostileCase.Generator without(byte[] blob) {
        return layout(files -> files.remove(blobPath(blob)));
    }

    private static HostileCase.Generator changed(byte[] blob) {
        return layout(files -> {
            var other = blob.clone();
            other[other.length / 2] ^= 1;
            files.put(blobPath(blob), other);
        });
    }

    private static HostileCase.Generator grown(byte[] blob) {
        return layout(files -> files.put(blobPath(blob), Packed.joined(blob, new byte[1])));
    }

    private static HostileCase.Generator layout(java.util.function.Consumer<Map<String, byte[]>> change) {
        return (folder, _) -> {
            var files = IMAGE.layout();
            change.accept(files);
            return OddImage.layout(folder, files);
        };
    }

    /// A layout whose index says another size of the manifest.
    private static HostileCase.Generator sized(byte[] manifest) {
        return sized("7");
    }

    private static HostileCase.Generator sized(String size) {
        return layout(files -> files.put(
                "index.json",
                bytes(index(descriptor(MANIFEST, MANIFEST_BYTES, "")
                        .replaceFirst("\"size\":[0-9]+", "\"size\":" + size)))));
    }

    /// A layout with another manifest, whose digest is right.
    private static HostileCase.Generator manifest(UnaryOperator<String> change) {
        return (folder, _) -> replaced(folder, MANIFEST_BYTES, bytes(change.apply(IMAGE.manifest())));
    }

    private static String replaced(Path folder, byte[] manifest, byte[] other) throws IOException {
        var blobs = new LinkedHashMap<>(IMAGE.blobs());
        blobs.remove(blobPath(manifest));
        blobs.put(blobPath(other), other);
        return OddImage.layout(folder, ImageBytes.layout(blobs, descriptor(MANIFEST, other, "")));
    }

    /// A layout with another configuration, whose digest is right.
    private static HostileCase.Generator configuration(UnaryOperator<String> change) {
        return (folder, _) -> configured(folder, change.apply(IMAGE.configuration()));
    }

    private static String configured(Path folder, String configuration) throws IOException {
        var other = bytes(configuration);
        var text = IMAGE.manifest()
                .replace(
                        descriptor("application/vnd.oci.image.config.v1+json", CONFIGURATION, ""),
                        descriptor("application/vnd.oci.image.config.v1+json", other, ""));
        var blobs = new LinkedHashMap<>(IMAGE.blobs());
        blobs.put(blobPath(other), other);
        blobs.put(blobPath(bytes(text)), bytes(text));
        return OddImage.layout(folder, ImageBytes.layout(blobs, descriptor(MANIFEST, bytes(text), "")));
    }
}
