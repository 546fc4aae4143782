package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The contexts of docker's command line: named engines, of which one is the current one.
///
/// Source: docker/cli, `cli/context/store` ("Context Metadata Store").
final class DockerContexts {

    /// In bytes, of docker's configuration and of a context's.
    static final int MAX_FILE = 1 << 20;

    /// Stands for: no context.
    private static final String DEFAULT = "default";

    private final DaemonSettings settings;
    private final Path folder;

    DockerContexts(DaemonSettings settings) {
        this.settings = settings;
        this.folder = configuration(settings);
    }

    /// The folder of docker's configuration.
    static Path configuration(DaemonSettings settings) {
        return settings.variable("DOCKER_CONFIG")
                .map(Path::of)
                .orElse(settings.home().resolve(".docker"));
    }

    /// The endpoint of the current context; empty where none is chosen.
    ///
    /// @throws ImageException when one is chosen that is not there, or cannot be read
    Optional<Endpoint> current() throws ImageException {
        var named = settings.variable("DOCKER_CONTEXT");
        var file = folder.resolve("config.json");
        var name = named.isPresent()
                ? named
                : Files.exists(file) ? read(file).string("currentContext") : Optional.<String>empty();
        if (name.isEmpty() || name.get().isEmpty() || name.get().equals(DEFAULT)) {
            return Optional.empty();
        }
        return Optional.of(endpoint(name.get(), named.isPresent() ? "DOCKER_CONTEXT" : file.toString()));
    }

    private Endpoint endpoint(String name, String by) throws ImageException {
        var id = sha256(name);
        var file = folder.resolve("contexts").resolve("meta").resolve(id).resolve("meta.json");
        if (!Files.exists(file)) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    by + " names the docker context '" + name + "', which is not there (" + file
                            + "); see: docker context ls");
        }
        var docker = read(file).object("Endpoints").object("docker");
        var host = docker.string("Host")
                .orElseThrow(() ->
                        new ImageException(Kind.NOT_FOUND, file + ": the docker context '" + name + "' names no host"));
        var tlsFolder = folder.resolve("contexts").resolve("tls").resolve(id).resolve("docker");
        var verify = !docker.get("SkipTLSVerify")
                .filter(new JsonBoolean(true)::equals)
                .isPresent();
        var tls = Files.isDirectory(tlsFolder) || !verify
                ? Optional.of(new TlsFiles(tlsFolder, verify))
                : Optional.<TlsFiles>empty();
        return Endpoint.parse(host, "docker context '" + name + "'", tls);
    }

    private static JsonObject read(Path file) throws ImageException {
        try (var stream = Files.newInputStream(file)) {
            if (JsonReader.read(stream, JsonLimits.FOREIGN.withBytes(MAX_FILE)) instanceof JsonObject object) {
                return object;
            }
            throw new ImageException(Kind.NOT_FOUND, file + ": is not a JSON object");
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(Kind.NOT_FOUND, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String sha256(String name) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(hash.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
