package dev.plimsoll.cli;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
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
import java.util.zip.GZIPOutputStream;

/// Builds small images in the forms that tools write them in.
final class TestImage {

    private final List<byte[]> layers = new ArrayList<>();
    private String configuration = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{}}";
    private String name = "registry.example/shop/web:1.4";

    TestImage layer(TestTar tar) {
        layers.add(tar.bytes());
        return this;
    }

    TestImage named(String newName) {
        name = newName;
        return this;
    }

    /// The configuration without its `rootfs`, which follows from the layers.
    TestImage configuration(String json) {
        configuration = json;
        return this;
    }

    /// A docker archive as skopeo lays it out: layers by diff id, configuration by digest, manifest last.
    byte[] dockerArchive() {
        var config = configurationBytes();
        var configName = sha256(config) + ".json";
        var tar = new TestTar();
        var names = new ArrayList<JsonValue>();
        for (var layer : layers) {
            var file = sha256(layer) + ".tar";
            names.add(new JsonString(file));
            tar.file(file, 0644, layer);
        }
        tar.file(configName, 0644, config);
        var manifest = new LinkedHashMap<String, JsonValue>();
        manifest.put("Config", new JsonString(configName));
        manifest.put("RepoTags", new JsonArray(List.of(new JsonString(name))));
        manifest.put("Layers", new JsonArray(names));
        tar.file("manifest.json", 0644, bytes(new JsonArray(List.of(new JsonObject(manifest)))));
        return tar.bytes();
    }

    /// An OCI layout with gzip layers; blobs by their path.
    Map<String, byte[]> ociLayout() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        var config = configurationBytes();
        files.put("blobs/sha256/" + sha256(config), config);
        var layerTexts = new ArrayList<String>();
        for (var layer : layers) {
            var packed = gzip(layer);
            files.put("blobs/sha256/" + sha256(packed), packed);
            layerTexts.add(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", packed, ""));
        }
        var manifest = ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("application/vnd.oci.image.config.v1+json", config, "")
                        + ",\"layers\":[" + String.join(",", layerTexts) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        files.put("blobs/sha256/" + sha256(manifest), manifest);
        files.put(
                "index.json",
                ("{\"schemaVersion\":2,\"manifests\":["
                                + descriptor(
                                        "application/vnd.oci.image.manifest.v1+json",
                                        manifest,
                                        ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"latest\"}")
                                + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        return files;
    }

    Path writeOciLayout(Path folder) throws IOException {
        for (var entry : ociLayout().entrySet()) {
            var file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return folder;
    }

    Path writeDockerArchive(Path file) throws IOException {
        return Files.write(file, dockerArchive());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String descriptor(String mediaType, byte[] blob, String more) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"sha256:" + sha256(blob) + "\",\"size\":" + blob.length
                + more + "}";
    }

    private byte[] configurationBytes() {
        try {
            var members =
                    new LinkedHashMap<>(((JsonObject) JsonReader.read(configuration, JsonLimits.FOREIGN)).members());
            var diffIds = new ArrayList<JsonValue>();
            layers.forEach(layer -> diffIds.add(new JsonString("sha256:" + sha256(layer))));
            var rootfs = new LinkedHashMap<String, JsonValue>();
            rootfs.put("type", new JsonString("layers"));
            rootfs.put("diff_ids", new JsonArray(diffIds));
            members.put("rootfs", new JsonObject(rootfs));
            return bytes(new JsonObject(members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonValue value) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
