package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The advisory file as a file: its SHA-256 is computed at build and import, written down in `FILE.sha256.json` beside
/// it, and never computed by a scan.
public final class DatabaseFile {

    private static final String NOTE_ENDING = ".sha256.json";

    private DatabaseFile() {}

    /// Computes the digest of a file and writes it down beside it.
    ///
    /// @return `sha256:…`
    public static String seal(Path file) {
        try {
            var digest = digest(file);
            var note = note(file);
            var unfinished = Files.createTempFile(note.toAbsolutePath().getParent(), ".plimsoll-", ".tmp");
            try (var out = Files.newOutputStream(unfinished);
                    var json = JsonWriter.indented(out)) {
                json.object(() -> json.member("digest", digest));
            }
            move(unfinished, note);
            return digest;
        } catch (IOException e) {
            throw new AdvisoryException("cannot write down the digest of " + file + ": " + e.getMessage(), e);
        }
    }

    /// Writes the digest of all rows into a file that was just built, so that it can be verified without its note.
    ///
    /// @param insert stores a key and a value in the table `metadata`
    /// @throws AdvisoryException when the file cannot be read
    public static void signContent(Path file, BiConsumer<String, String> insert) {
        String digest;
        try (var database = AdvisoryDatabase.open(file)) {
            digest = database.verifyContent();
        }
        insert.accept(ContentDigest.KEY, digest);
    }

    /// The digest that was written down, empty where there is none.
    public static Optional<String> sealed(Path file) {
        try {
            return Files.isRegularFile(note(file))
                            && JsonReader.read(Files.readAllBytes(note(file)), JsonLimits.AUTHORED)
                                    instanceof JsonObject object
                    ? object.string("digest")
                    : Optional.empty();
        } catch (JsonException e) {
            throw new AdvisoryException(
                    note(file) + " is damaged: " + e.getMessage() + "; remove it, or take the file anew", e);
        } catch (IOException e) {
            throw new AdvisoryException("cannot read " + note(file) + ": " + e.getMessage(), e);
        }
    }

    /// Copies a database to where it is used, in one step at the end. A digest that lies beside it must be the file's
    /// own, every row must be readable, and the digest of all rows must be the one that the build wrote into it.
    ///
    /// @param expected `sha256:…` that the user gave, or empty
    /// @return the digest
    /// @throws AdvisoryException when it is no advisory database, or has another digest
    public static String importFrom(Path from, Path to, Optional<String> expected) {
        if (!Files.isRegularFile(from)) {
            throw new AdvisoryException(
                    "there is no file " + from + " to import: name one that `plimsoll db build` wrote");
        }
        try {
            var digest = digest(from);
            var wanted = expected.or(() -> sealed(from));
            boolean contentNamesItself;
            try (var database = AdvisoryDatabase.open(from)) {
                contentNamesItself = database.metadata().containsKey(ContentDigest.KEY);
                if (wanted.isPresent() && !wanted.get().equals(digest)) {
                    throw new AdvisoryException(from + " is damaged or another file: its digest is " + digest
                            + ", expected is " + wanted.get() + "; take or build it anew");
                }
                database.verifyContent();
            }
            if (wanted.isEmpty() && !contentNamesItself) {
                throw new AdvisoryException(
                        from + " carries no digest of its contents, and none lies beside it: name the"
                                + " one that it must have with --digest, or build it anew");
            }
            var target = to.toAbsolutePath();
            Files.createDirectories(target.getParent());
            var unfinished = Files.createTempFile(target.getParent(), ".plimsoll-", ".tmp");
            try {
                unfinished.toFile().deleteOnExit();
                Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
                if (!digest(unfinished).equals(digest)) {
                    throw new AdvisoryException(
                            "the copy of " + from + " is not the same: the disk may be full or broken");
                }
                // The note first: a scan does not read it, and an interrupted import leaves the former file usable.
                Files.deleteIfExists(note(target));
                move(unfinished, target);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return seal(target);
        } catch (IOException e) {
            throw new AdvisoryException("cannot import " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path unfinished, Path target) throws IOException {
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + NOTE_ENDING);
    }

    private static String digest(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            var buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // the stream sums up
            }
            return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
