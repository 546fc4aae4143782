package dev.plimsoll.image;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.gzipped;
import static dev.plimsoll.image.ImageBytes.hex;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Builds a storage of the overlay driver with one image, as Podman would keep it.
public final class StoreBytes {

    public static final String TOP = "a".repeat(64);
    public static final String BELOW = "b".repeat(64);

    private final Path root;

    private StoreBytes(Path root) {
        this.root = root;
    }

    /// @param below tar of the lower layer, of plain files
    /// @param top tar of the upper layer
    public static StoreBytes store(Path root, byte[] below, byte[] top) {
        var store = new StoreBytes(root);
        var image = ImageBytes.image().plain(below).plain(top);
        var configuration = bytes(image.configuration());
        var manifest = bytes(image.manifest());
        var folder = "overlay-images/" + hex(configuration) + "/";
        store.write(folder + "manifest", manifest)
                .write(folder + "=" + base64("manifest-" + digest(manifest)), manifest)
                .write(folder + "=" + base64(digest(configuration)), configuration)
                .images("[{\"id\":\"" + hex(configuration) + "\",\"digest\":\"" + digest(manifest)
                        + "\",\"names\":[\"localhost/shop:1\"],\"layer\":\"" + TOP
                        + "\",\"big-data-names\":[\"manifest\",\"manifest-" + digest(manifest) + "\",\""
                        + digest(configuration) + "\"]}]")
                .layers("[{\"id\":\"" + BELOW + "\",\"diff-digest\":\"" + digest(below) + "\",\"diff-size\":"
                        + below.length + "},{\"id\":\"" + TOP + "\",\"parent\":\"" + BELOW + "\",\"diff-digest\":\""
                        + digest(top) + "\",\"diff-size\":" + top.length + "}]")
                .layer(BELOW, below)
                .layer(TOP, top);
        return store;
    }

    public StoreBytes images(String json) {
        return write("overlay-images/images.json", bytes(json));
    }

    public StoreBytes layers(String json) {
        return write("overlay-layers/layers.json", bytes(json));
    }

    /// Unpacks a layer, and notes the rest of its tar.
    private StoreBytes layer(String id, byte[] tar) {
        folder(id);
        List<String> lines = new ArrayList<>();
        var segment = new ByteArrayOutputStream();
        for (var at = 0; at < tar.length; ) {
            segment.write(tar, at, 512);
            var name = text(tar, at, 100);
            var size = tar[at] == 0 ? 0 : Integer.parseInt(text(tar, at + 124, 11), 8);
            at += 512;
            if (!name.isEmpty()) {
                lines.add(segment(lines.size(), segment.toByteArray()));
                segment.reset();
                lines.add(content(lines.size(), name, size));
                if (size > 0) {
                    write("overlay/" + id + "/diff/" + name, Arrays.copyOfRange(tar, at, at + size));
                }
                at += size;
                var padding = -size & 511;
                segment.write(tar, at, padding);
                at += padding;
            }
        }
        lines.add(segment(lines.size(), segment.toByteArray()));
        return split(id, lines);
    }

    public StoreBytes split(String id, List<String> lines) {
        return write("overlay-layers/" + id + ".tar-split.gz", gzipped(bytes(String.join("\n", lines) + "\n")));
    }

    public static String segment(int position, byte[] payload) {
        return "{\"type\":2,\"payload\":\"" + Base64.getEncoder().encodeToString(payload) + "\",\"position\":"
                + position + "}";
    }

    public static String content(int position, String name, long size) {
        return "{\"type\":1,\"name\":\"" + name + "\",\"size\":" + size + ",\"payload\":\"AAAAAAAAAAA=\",\"position\":"
                + position + "}";
    }

    /// Where a layer's files lie.
    public Path folder(String id) {
        try {
            return Files.createDirectories(root.resolve("overlay").resolve(id).resolve("diff"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path splitFile(String id) {
        return root.resolve("overlay-layers").resolve(id + ".tar-split.gz");
    }

    public StoreBytes write(String name, byte[] bytes) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.write(root.resolve(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] block, int at, int length) {
        var end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
