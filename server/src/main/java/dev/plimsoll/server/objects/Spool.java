package dev.plimsoll.server.objects;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.HexFormat;

/// Contents that became a compressed file, before that has a name or goes elsewhere: an object's digest
/// is known at its end only.
///
/// @param file deleted when this is closed, where it was not moved away
/// @param digest of the contents
/// @param packedDigest SHA-256 of the file, in hex
record Spool(Path file, String digest, String packedDigest) implements AutoCloseable {

    private static final String NAME = "object";
    private static final int BUFFER = 1 << 16;
    /// After which an unfinished file can belong to no living writer.
    private static final Duration LONGEST_WRITING = Duration.ofDays(1);

    /// @throws ObjectStoreException where the folder takes no more; what the content throws itself goes
    ///     on as it is
    static Spool write(ObjectStore.Content content, Path folder) throws IOException {
        var file = scratch(folder, NAME);
        try {
            var sum = Digests.sha256();
            var packedSum = Digests.sha256();
            // the file by itself: a compressor that cannot write its end leaves what is beneath it open
            try (var opened = telling(file, folder);
                    var out = new DigestOutputStream(
                            new BufferedOutputStream(
                                    new ZstdOutputStream(new DigestOutputStream(opened, packedSum)), BUFFER),
                            sum)) {
                content.writeTo(out);
            }
            var hex = HexFormat.of();
            return new Spool(file, Digests.PREFIX + hex.formatHex(sum.digest()), hex.formatHex(packedSum.digest()));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    static Path scratch(Path folder, String name) throws IOException {
        try {
            return Files.createTempFile(folder, name, ".unfinished");
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /// Tells failures of the file from those of whoever writes to it.
    private static OutputStream telling(Path file, Path folder) throws IOException {
        OutputStream out;
        try {
            out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw failure(folder, e);
        }
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw failure(folder, e);
                }
            }

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }
        };
    }

    static ObjectStoreException failure(Path folder, IOException cause) {
        var message = String.valueOf(cause.getMessage());
        var full = message.contains("No space left") || message.contains("Disk quota") || message.contains("too large");
        return new ObjectStoreException(
                "cannot write an object to " + folder + ": " + message
                        + (full ? ": free some space there, or give the service another folder" : ""),
                cause);
    }

    /// What it holds is on disk when this returns.
    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Deletes what writers left behind that were killed. How old something is the folder's own clock
    /// says, for several machines may share it.
    static void clean(Path folder) throws IOException {
        var probe = scratch(folder, "clock");
        try (var files = Files.newDirectoryStream(folder, "*.unfinished")) {
            var now = Files.getLastModifiedTime(probe).toInstant();
            for (var file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONGEST_WRITING))) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException _) {
                    // its writer ended
                }
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
