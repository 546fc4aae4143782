package dev.plimsoll.cli;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.cli.command.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Runs the commands once, so that the JDK's ahead-of-time cache holds the classes that they need (JEP 483, 514).
public final class Training {

    private final Path scratch;

    private Training(Path scratch) {
        this.scratch = scratch;
    }

    /// @param arguments the folder of the checkout, and an empty folder that training may fill
    public static void main(String[] arguments) throws IOException {
        var checkout = Path.of(arguments[0]);
        var example = checkout.resolve("examples");
        var training = new Training(Path.of(arguments[1]));
        var image = example.resolve("storefront.tar").toString();
        var policy = example.resolve("policy.json").toString();
        var patterns = checkout.resolve("bench/policy.json").toString();
        var advisories = example.resolve("advisories").toString();
        var layout = training.layout(TrainingLayer.of(checkout.resolve("LICENSE")));
        var database = training.database(example.resolve("advisories"));
        var inventory = training.scratch.resolve("inventory.json").toString();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Main.prepare(new String[] {"sbom"});
        run("--help");
        run("check", "--help");
        run("policy", "validate", policy);
        run("db", "status", "--db", database);
        var registry = training.registry();
        var remote = "registry:127.0.0.1:" + registry.getAddress().getPort() + "/image:latest";
        for (int i = 0; i < 3; i++) {
            run("check", image, "--policy", policy, "--advisories", advisories);
            run("check", image, "--policy", patterns, "--db", database, "-o", "json");
            run("sbom", image, "-o", "cyclonedx-json", "-o", "inventory=" + inventory);
            run("sbom", layout, "-o", "table");
            run("sbom", remote, "-o", "table");
            // a program, and files of text with what looks into those
            run("sbom", "file:" + java, "-o", "spdx-json");
            run("sbom", "dir:" + example, "--secrets", "-o", "table");
            run("vulns", "inventory:" + inventory, "--advisories", advisories, "-o", "json");
            run("image", "ls", image, "/etc");
            run("image", "layers", layout);
            run("image", "inspect", image);
            run("explain", image, "CVE-2020-8203", "--db", database);
        }
        registry.stop(0);
        // nobody listens there any more: what is asked without TLS is asked with it then
        run("sbom", remote, "-o", "table");
        // the JDK looks for who may want to know of the end
        System.exit(0);
    }

    /// A registry that has the image of the layout.
    private HttpServer registry() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var blobs = scratch.resolve("layout/blobs/sha256");
        var manifest = Files.readString(scratch.resolve("layout/index.json"))
                .replaceFirst("(?s).*sha256:([0-9a-f]{64}).*", "$1");
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var name = path.endsWith("latest") ? manifest : path.substring(path.lastIndexOf(':') + 1);
            var content = path.equals("/v2/") ? text("{}") : Files.readAllBytes(blobs.resolve(name));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        return server;
    }

    /// An OCI layout of one layer.
    private String layout(byte[] tar) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(packed)) {
            packing.write(tar);
        }
        var layer = blob(packed.toByteArray());
        var configuration = blob(text("""
                {"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
                """.formatted(sha256(tar))));
        var manifest = blob(text("""
                {"schemaVersion": 2, "config": %s, "layers": [%s]}
                """.formatted(
                        configuration.descriptor("application/vnd.oci.image.config.v1+json"),
                        layer.descriptor("application/vnd.oci.image.layer.v1.tar+gzip"))));
        var folder = scratch.resolve("layout");
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.writeString(folder.resolve("index.json"), """
                {"schemaVersion": 2, "manifests": [%s]}
                """.formatted(
                        manifest.descriptor("application/vnd.oci.image.manifest.v1+json")));
        return "oci-layout:" + folder;
    }

    private Blob blob(byte[] content) throws IOException {
        var folder = Files.createDirectories(scratch.resolve("layout/blobs/sha256"));
        var digest = sha256(content);
        Files.write(folder.resolve(digest.substring("sha256:".length())), content);
        return new Blob(digest, content.length);
    }

    private static String sha256(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The example's advisories as a database, so that a scan with one finds its classes too.
    private String database(Path advisories) throws IOException {
        var feed = Files.createDirectories(scratch.resolve("feeds/slice-ghsa"));
        try (var records = Files.list(advisories)) {
            for (var record : records.toList()) {
                Files.copy(record, feed.resolve(record.getFileName()));
            }
        }
        var file = scratch.resolve("plimsoll.db").toString();
        run("db", "build", "--from", scratch.resolve("feeds").toString(), "--out", file);
        return file;
    }

    private static void run(String... arguments) {
        var sink = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(
                arguments,
                new Environment(
                        System.in,
                        sink,
                        sink,
                        Map.of(),
                        false,
                        false,
                        Optional.empty(),
                        Path.of(""),
                        Clock.systemUTC()));
    }

    private record Blob(String digest, long size) {

        String descriptor(String mediaType) {
            return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}".formatted(mediaType, digest, size);
        }
    }
}
