package dev.plimsoll.image.registry;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// A file in which a login left credentials: Docker's `config.json`, Podman's `auth.json`.
///
/// Source: docker-login reference, "Credential stores" and "Credential helpers"; containers-auth.json(5).
record CredentialFile(Path file, JsonObject root) {

    /// In bytes.
    static final int MAX_BYTES = 1 << 20;

    /// What logins to Docker Hub are filed under, and what helpers know it by.
    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";

    /// @throws IOException when it is there and cannot be read; the message quotes nothing of it
    static Optional<CredentialFile> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw Failure.unreadable(file + ": is longer than " + MAX_BYTES + " bytes");
        }
        try {
            var bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                return Optional.empty();
            }
            if (JsonReader.read(bytes, JsonLimits.FOREIGN.withBytes(MAX_BYTES)) instanceof JsonObject object) {
                return Optional.of(new CredentialFile(file, object));
            }
        } catch (JsonException _) {
            // its message may quote a secret
        }
        throw Failure.unreadable(file + ": is not a JSON object");
    }

    /// The helper that is named for a repository, or for everything.
    Optional<String> helper(String registry, String repository) {
        var helpers = root.object("credHelpers");
        return key(helpers.members().keySet(), registry, repository)
                .flatMap(helpers::string)
                .or(() -> root.string("credsStore"))
                .filter(name -> !name.isEmpty());
    }

    /// What a helper is asked for.
    static String server(String registry) {
        return registry.equals(Reference.DOCKER_HUB) ? DOCKER_HUB_SERVER : registry;
    }

    /// The credential that stands in the file itself, that of the longest prefix of the repository.
    Optional<Credential> credential(String registry, String repository) throws IOException {
        var logins = root.object("auths");
        var filled = logins.members().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof JsonObject login && isFilled(login))
                .map(java.util.Map.Entry::getKey)
                .toList();
        var key = key(filled, registry, repository);
        return key.isPresent() ? Optional.of(credential(key.get(), logins.object(key.get()))) : Optional.empty();
    }

    private static boolean isFilled(JsonObject login) {
        return login.members().values().stream()
                .anyMatch(value -> value instanceof JsonString(var text) && !text.isEmpty());
    }

    private Credential credential(String key, JsonObject login) throws IOException {
        var identity = login.string("identitytoken").filter(text -> !text.isEmpty());
        if (identity.isPresent()) {
            return new Credential.IdentityToken(Secret.of(identity.get()));
        }
        var token = login.string("registrytoken").filter(text -> !text.isEmpty());
        if (token.isPresent()) {
            return new Credential.RegistryToken(Secret.of(token.get()));
        }
        var packed = login.string("auth").filter(text -> !text.isEmpty());
        if (packed.isEmpty()) {
            return new Credential.Basic(
                    login.string("username").orElse(""),
                    Secret.of(login.string("password").orElse("")));
        }
        try {
            var pair = new String(Base64.getMimeDecoder().decode(packed.get()), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            if (colon >= 0) {
                var password = pair.substring(colon + 1).replaceAll("\0+$", ""); // old Docker padded with zeros
                return new Credential.Basic(pair.substring(0, colon), Secret.of(password));
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Failure.unreadable(file + ": /auths/" + key + "/auth is not base64 of user:password");
    }

    /// The key that names the repository or the longest part of its path.
    private static Optional<String> key(Collection<String> keys, String registry, String repository) {
        var wanted = registry + "/" + repository;
        String best = null;
        var length = -1;
        for (var key : keys) {
            var prefix = normal(key);
            var fits = wanted.equals(prefix) || wanted.startsWith(prefix + "/");
            if (fits && prefix.length() > length) {
                best = key;
                length = prefix.length();
            }
        }
        return Optional.ofNullable(best);
    }

    /// Docker writes addresses and means their host; Podman writes a host and perhaps a path, and means both.
    private static String normal(String key) {
        var scheme = key.indexOf("://");
        var text = scheme < 0 ? key : key.substring(scheme + 3);
        if (scheme >= 0 || text.endsWith("/v1/") || text.endsWith("/v2/")) {
            var slash = text.indexOf('/');
            text = slash < 0 ? text : text.substring(0, slash);
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        var slash = text.indexOf('/');
        var host = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT);
        var path = slash < 0 ? "" : text.substring(slash);
        var hub = host.equals("index.docker.io") || host.equals("registry-1.docker.io");
        return (hub ? Reference.DOCKER_HUB : host) + path;
    }
}
