package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.configuration.Settings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Where the service keeps things on this machine.
///
/// @param data the folder that everything lies in unless settings say otherwise
record Places(Path data) {

    /// Source: XDG Base Directory Specification; Apple's File System Programming Guide.
    static Places of(Configuration configuration, Map<String, String> variables) {
        var home = Path.of(variables.getOrDefault("HOME", System.getProperty("user.home", ".")));
        var mac = System.getProperty("os.name", "").startsWith("Mac");
        var standard = Optional.ofNullable(variables.get("XDG_DATA_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElse(home.resolve(mac ? "Library/Application Support" : ".local/share"))
                .resolve("plimsoll")
                .resolve("server");
        return new Places(configuration
                .path(Settings.DATA_FOLDER)
                .orElse(standard)
                .toAbsolutePath()
                .normalize());
    }

    Path programs() {
        return data.resolve("postgres-programs");
    }

    Path postgres() {
        return data.resolve("postgres");
    }

    Path objects() {
        return data.resolve("objects");
    }

    Path cache() {
        return data.resolve("cache");
    }

    /// For what does not fit into memory; of no use when the service stands still.
    Path temporary() {
        return data.resolve("temporary");
    }

    /// The key that seals secrets; made where there is none in the default place.
    ///
    /// @throws ConfigurationException where it cannot be read or is none
    byte[] secretKey(Configuration configuration) throws IOException {
        var named = configuration.path(Settings.SECRET_KEY_FILE);
        var file = named.orElse(data.resolve("secret.key"));
        if (named.isEmpty()) {
            create(file);
        }
        if (!Files.isReadable(file)) {
            throw configuration.wrong(Settings.SECRET_KEY_FILE, "must name a file that can be read");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("the key for secrets in " + file + " is no base64", e);
        }
        if (key.length != dev.plimsoll.server.secrets.SecretBox.KEY_LENGTH) {
            throw new ConfigurationException("the key for secrets in " + file + " must have "
                    + dev.plimsoll.server.secrets.SecretBox.KEY_LENGTH + " bytes, this one has " + key.length
                    + "; `head -c 32 /dev/urandom | base64` makes one");
        }
        return key;
    }

    private static void create(Path file) throws IOException {
        var key = new byte[dev.plimsoll.server.secrets.SecretBox.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException _) {
            // the one of before
        }
    }
}
