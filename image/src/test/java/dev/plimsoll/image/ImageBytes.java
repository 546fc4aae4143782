package dev.plimsoll.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Builds an image: its layers, configuration and manifest, as the files of an OCI layout or a docker archive.
public final class ImageBytes {

    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final List<byte[]> tars = new ArrayList<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private String architecture = "amd64";
    private String mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";

    public static ImageBytes image() {
        return new ImageBytes();
    }

    public ImageBytes plain(byte[] tar) {
        return layer(tar, tar);
    }

    public ImageBytes gzip(byte[] tar) {
        return layer(tar, gzipped(tar));
    }

    public ImageBytes layer(byte[] tar, byte[] blob) {
        tars.add(tar);
        blobs.add(blob);
        return this;
    }

    public ImageBytes architecture(String name) {
        architecture = name;
        return this;
    }

    public ImageBytes mediaType(String type) {
        mediaType = type;
        return this;
    }

    public String configuration() {
        return "{\"os\":\"linux\",\"architecture\":\"" + architecture
                + "\",\"config\":{\"Env\":[\"A=1\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                + tars.stream().map(tar -> quoted(digest(tar))).collect(Collectors.joining(",")) + "]}}";
    }

    public String manifest() {
        return "{\"schemaVersion\":2,\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", bytes(configuration()), "")
                + ",\"layers\":["
                + blobs.stream().map(blob -> descriptor(mediaType, blob, "")).collect(Collectors.joining(",")) + "]}";
    }

    /// The blobs of the image, by their path in a layout.
    public Map<String, byte[]> blobs() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        blobs.forEach(blob -> files.put(blobPath(blob), blob));
        files.put(blobPath(bytes(configuration())), bytes(configuration()));
        files.put(blobPath(bytes(manifest())), bytes(manifest()));
        return files;
    }

    /// The files of a layout with this image alone.
    public Map<String, byte[]> layout() {
        return layout(blobs(), descriptor(MANIFEST, bytes(manifest()), named("latest")));
    }

    /// The files of a layout.
    public static Map<String, byte[]> layout(Map<String, byte[]> blobs, String... descriptors) {
        Map<String, byte[]> files = new LinkedHashMap<>(blobs);
        files.put("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
        files.put("index.json", bytes(index(descriptors)));
        return files;
    }

    public static String index(String... descriptors) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}";
    }

    /// @param more members, each behind a comma
    public static String descriptor(String mediaType, byte[] blob, String more) {
        return "{\"mediaType\":" + quoted(mediaType) + ",\"digest\":" + quoted(digest(blob)) + ",\"size\":"
                + blob.length + more + "}";
    }

    public static String named(String name) {
        return ",\"annotations\":{\"org.opencontainers.image.ref.name\":" + quoted(name) + "}";
    }

    public static String platform(String os, String architecture) {
        return ",\"platform\":{\"os\":" + quoted(os) + ",\"architecture\":" + quoted(architecture) + "}";
    }

    /// The files of an archive as `docker save` wrote them for years, in the order of the archive.
    public Map<String, byte[]> dockerArchive(String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> layers = new ArrayList<>();
        for (var i = 0; i < blobs.size(); i++) {
            layers.add("layer" + i + "/layer.tar");
            files.put(layers.get(i), blobs.get(i));
        }
        var config = hex(bytes(configuration())) + ".json";
        files.put(config, bytes(configuration()));
        files.put(
                "manifest.json",
                bytes("[{\"Config\":" + quoted(config) + ",\"RepoTags\":[" + quoted(name) + "],\"Layers\":["
                        + layers.stream().map(ImageBytes::quoted).collect(Collectors.joining(",")) + "]}]"));
        return files;
    }

    public static Path folder(Path folder, Map<String, byte[]> files) {
        try {
            for (var file : files.entrySet()) {
                var path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path archive(Path file, Map<String, byte[]> files) {
        var tar = TarBytes.tar();
        files.forEach(tar::file);
        return write(file, tar.end());
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzipped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static String blobPath(byte[] blob) {
        return "blobs/sha256/" + hex(blob);
    }

    public static String digest(byte[] bytes) {
        return "sha256:" + hex(bytes);
    }

    public static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
