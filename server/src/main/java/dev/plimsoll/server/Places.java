package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.secrets.SecretBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        if (key.length != SecretBox.KEY_LENGTH) {
            throw new ConfigurationException("the key for secrets in " + file + " must have "
                    + SecretBox.KEY_LENGTH + " bytes, this one has " + key.length
                    + "; `head -c 32 /dev/urandom | base64` makes one");
        }
        return key;
    }

    /// It has its name when all of it is there: of two that begin at the same time one makes the key of both, and one
    /// that is killed leaves none that is empty.
    private static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var key = new byte[SecretBox.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        // a temporary file is its owner's alone
        var whole = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".new");
        try {
            try (var channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                var text = Base64.getEncoder().encodeToString(key) + "\n";
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException _) {
            // the one of before
        } catch (UnsupportedOperationException | FileSystemException _) {
            Files.move(whole, file); // a file system without links
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
