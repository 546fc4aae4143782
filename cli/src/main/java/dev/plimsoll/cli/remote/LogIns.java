package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The logins that are kept, in `remote.json` in the user's configuration folder; nobody else may
/// read it.
///
/// @param current address of the server that is meant where none is named; empty where there is none
record LogIns(Optional<String> current, List<LogIn> all) {

    /// In bytes: some hundred logins.
    static final int MAX_FILE = 1 << 20;

    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OUR_FOLDER = PosixFilePermissions.fromString("rwx------");

    LogIns {
        all = List.copyOf(all);
    }

    static Path file(Environment environment) {
        return environment.configurationFolder().resolve("remote.json");
    }

    /// None where there is no file.
    ///
    /// @throws CommandException when the file cannot be read
    static LogIns read(Environment environment) {
        var file = file(environment);
        if (!Files.exists(file)) {
            return new LogIns(Optional.empty(), List.of());
        }
        try {
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.usage(file + " is over " + MAX_FILE + " bytes; it holds no logins");
            }
            warnOfReaders(environment, file);
            if (!(JsonReader.read(Files.readAllBytes(file), JsonLimits.AUTHORED) instanceof JsonObject json)) {
                throw CommandException.usage(file + " holds no logins; remove it and log in again");
            }
            return new LogIns(
                    json.string("current"),
                    json.objects("servers").stream().map(LogIn::of).toList());
        } catch (JsonException e) {
            throw CommandException.usage(file + " is not JSON; remove it and log in again");
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + Failures.reason(e));
        }
    }

    private static void warnOfReaders(Environment environment, Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OURS);
        if (!others.isEmpty()) {
            environment
                    .err()
                    .println("plimsoll: note: others may read the keys in " + file + "; say chmod 600 " + file);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    Optional<LogIn> of(String url) {
        return all.stream().filter(login -> login.url().equals(url)).findFirst();
    }

    /// With this login, which is the current one from now on.
    LogIns with(LogIn login) {
        var others = new ArrayList<>(all);
        others.removeIf(other -> other.url().equals(login.url()));
        others.add(login);
        return new LogIns(Optional.of(login.url()), others);
    }

    /// Without the login there; where it was the current one, the last of the others is.
    LogIns without(String url) {
        var others = all.stream().filter(login -> !login.url().equals(url)).toList();
        return new LogIns(
                current.filter(known -> !known.equals(url))
                        .or(() -> others.isEmpty()
                                ? Optional.empty()
                                : Optional.of(others.getLast().url())),
                others);
    }

    /// Writes the file anew, whole or not at all.
    ///
    /// @throws CommandException when it cannot be written
    void write(Environment environment) {
        var file = file(environment);
        var folder = environment.configurationFolder();
        var text = new ByteArrayOutputStream();
        try {
            try (var json = JsonWriter.indented(text)) {
                json.object(() -> {
                    json.member("current", current);
                    json.array("servers", () -> all.forEach(login -> login.write(json)));
                });
            }
            var posix = isPosix(folder.toAbsolutePath());
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, attributes(posix, OUR_FOLDER));
            }
            // A link, as people keep their configuration elsewhere, stays one.
            var target = Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file) ? file.toRealPath() : file;
            var unfinished = Files.createTempFile(
                    target.toAbsolutePath().getParent(), ".remote", ".tmp", attributes(posix, OURS));
            try {
                Files.write(unfinished, text.toByteArray());
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + file + ": " + Failures.reason(e));
        }
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
