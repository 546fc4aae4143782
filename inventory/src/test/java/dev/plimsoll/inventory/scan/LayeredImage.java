package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Builds an image of plain layers in a folder, as an OCI layout, and scans it.
///
/// Source: OCI Image Specification, "Image Layout"; POSIX.1-2017, pax, "ustar Interchange Format".
public final class LayeredImage {

    private static final int BLOCK = 512;

    private final List<Layer> layers = new ArrayList<>();
    private String configuration = "\"os\":\"linux\",\"architecture\":\"amd64\"";

    /// A layer's tar.
    public static final class Layer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Layer file(String path, String content) {
            return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
        }

        public Layer file(String path, int mode, byte[] content) {
            entry(path, '0', mode, content.length, "");
            out.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
            return this;
        }

        /// A whiteout of that path.
        public Layer without(String path) {
            var slash = path.lastIndexOf('/') + 1;
            return file(path.substring(0, slash) + ".wh." + path.substring(slash), "");
        }

        public Layer directory(String path) {
            return entry(path + "/", '5', 0755, 0, "");
        }

        public Layer hardLink(String path, String target) {
            return entry(path, '1', 0644, 0, target);
        }

        public Layer symbolicLink(String path, String target) {
            return entry(path, '2', 0777, 0, target);
        }

        public Layer entry(String path, char type, int mode, long size, String link) {
            var block = new byte[BLOCK];
            put(block, 0, path);
            put(block, 100, String.format(Locale.ROOT, "%07o", mode));
            put(block, 108, "0001750");
            put(block, 116, "0000062");
            put(block, 124, String.format(Locale.ROOT, "%011o", size));
            put(block, 136, "00000000000");
            put(block, 148, "        ");
            block[156] = (byte) type;
            put(block, 157, link);
            put(block, 257, "ustar\00000");
            var sum = 0;
            for (var b : block) {
                sum += b & 0xff;
            }
            put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
            out.writeBytes(block);
            return this;
        }

        private static void put(byte[] block, int at, String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, block, at, bytes.length);
        }

        byte[] tar() {
            var whole = out.toByteArray();
            return Arrays.copyOf(whole, whole.length + 2 * BLOCK);
        }
    }

    public static Layer layer() {
        return new Layer();
    }

    /// @param layers lowest first
    public static LayeredImage of(Layer... layers) {
        var image = new LayeredImage();
        image.layers.addAll(List.of(layers));
        return image;
    }

    /// @param members of the configuration but `rootfs`, without the braces
    public LayeredImage configuration(String members) {
        configuration = members;
        return this;
    }

    public Inventory scan(Path folder) {
        return scan(folder, ScanOptions.defaults());
    }

    public Inventory scan(Path folder, Set<String> digested, String... excludes) {
        return scan(
                folder,
                new ScanOptions(
                        AnalysisSettings.defaults().withDigested(digested),
                        Optional.of("FROM scratch\n"),
                        List.of(excludes),
                        ReadOptions.defaults(),
                        ScanLimits.DEFAULTS));
    }

    /// With what these settings collect.
    public Inventory scan(Path folder, AnalysisSettings settings) {
        return scan(
                folder,
                new ScanOptions(settings, Optional.empty(), List.of(), ReadOptions.defaults(), ScanLimits.DEFAULTS));
    }

    public Inventory scan(Path folder, ScanOptions options) {
        try (var image = Images.open("oci-layout:" + write(folder), OpenOptions.defaults())) {
            return ImageScanner.scan(image, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(Path folder) throws IOException {
        var diffIds = layers.stream()
                .map(layer -> "\"sha256:" + sha256(layer.tar()) + "\"")
                .collect(Collectors.joining(","));
        var config = blob(
                folder,
                "{" + (configuration.isEmpty() ? "" : configuration + ",")
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + diffIds + "]}}",
                "config.v1+json");
        var descriptors = new ArrayList<String>();
        for (var layer : layers) {
            descriptors.add(blob(folder, layer.tar(), "layer.v1.tar"));
        }
        var manifest = blob(
                folder,
                "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + String.join(",", descriptors) + "]}",
                "manifest.v1+json");
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + manifest + "]}");
        return folder;
    }

    /// @return its descriptor
    private static String blob(Path folder, String text, String kind) throws IOException {
        return blob(folder, text.getBytes(StandardCharsets.UTF_8), kind);
    }

    private static String blob(Path folder, byte[] bytes, String kind) throws IOException {
        var file = folder.resolve("blobs/sha256/" + sha256(bytes));
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.write(file, bytes);
        return "{\"mediaType\":\"application/vnd.oci.image." + kind + "\",\"digest\":\"sha256:" + sha256(bytes)
                + "\",\"size\":" + bytes.length + "}";
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
