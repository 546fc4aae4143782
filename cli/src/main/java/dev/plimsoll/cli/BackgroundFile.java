package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.policy.background.Background.InputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Reads the files of which rules are told beside the image.
final class BackgroundFile {

    private BackgroundFile() {}

    /// What makes something of a file's bytes.
    @FunctionalInterface
    interface Reader<T> {
        /// @throws IOException when it means nothing; the message names the place in it
        T read(byte[] bytes) throws IOException;
    }

    /// Something that was read, and of what file.
    record Read<T>(T value, InputFile file) {}

    /// @param option without dashes, which also names the input
    /// @param limit in bytes
    /// @throws CommandException when it cannot be read, naming option and file
    static <T> Read<T> read(Path file, String option, long limit, Reader<T> reader) {
        try {
            if (Files.isDirectory(file)) {
                throw CommandException.usage("--" + option + ": " + file + " is a folder, not a file");
            }
            if (Files.size(file) > limit) {
                throw CommandException.usage("--" + option + ": " + file + " is over " + limit + " bytes");
            }
            var bytes = Files.readAllBytes(file);
            return new Read<>(reader.read(bytes), new InputFile(option, sha256(bytes)));
        } catch (IOException e) {
            throw CommandException.usage("--" + option + ": cannot read " + file + ": " + Failures.told(e));
        }
    }

    /// One digest for several files: of one, that of its bytes; of more, that of the list of their names and digests,
    /// as `sha256sum` writes it.
    static String digestOf(List<Path> files) throws IOException {
        if (files.size() == 1) {
            return sha256(files.getFirst());
        }
        var list = new StringBuilder();
        for (var file : files) {
            list.append(sha256(file).substring("sha256:".length()))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        return sha256(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
