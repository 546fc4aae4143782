package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.layer.UnpackedStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A temporary file for an archive that comes as one stream: its manifest stands last, so nothing can be said of its
/// layers before all of it was there. Unpacked on the way, bounded, gone when it is closed or the process ends.
record Spool(Path file) implements Closeable {

    private static final int BUFFER_BYTES = 1 << 20;

    /// @param stream is read to its end, and not closed
    /// @param where names it in messages
    /// @throws ImageException when it is damaged, over a limit, or the temporary folder has no room
    static Spool of(InputStream stream, String where, SourceContext context) throws IOException {
        var spool = new Spool(created(context.temporaryFolder()));
        try {
            spool.fill(stream, where, context);
            return spool;
        } catch (IOException | RuntimeException | Error e) {
            spool.close();
            throw e;
        }
    }

    private static Path created(Path folder) throws ImageException {
        try {
            var file = Files.createTempFile(folder, "plimsoll-", ".tar");
            file.toFile().deleteOnExit(); // an interrupt from the keyboard must leave nothing behind
            return file;
        } catch (IOException e) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    "cannot make a temporary file in " + folder + " (TMPDIR names another folder): "
                            + (Files.isDirectory(folder) ? e.getMessage() : "there is no such folder"),
                    e);
        }
    }

    private void fill(InputStream stream, String where, SourceContext context) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        try (var unpacked = new UnpackedStream(stream, where, context.options().limits(), context.timeout());
                var out = Files.newOutputStream(file)) {
            long written = 0;
            while (true) {
                int count;
                try {
                    count = unpacked.read(buffer, 0, buffer.length);
                } catch (ImageException e) {
                    throw e;
                } catch (IOException e) {
                    throw new ImageException(Kind.UNREADABLE, where + ": " + e.getMessage(), e);
                }
                if (count < 0) {
                    break;
                }
                write(out, buffer, count);
                written += count;
            }
            if (written == 0) {
                throw new ImageException(Kind.UNREADABLE, where + " is empty: what writes it may have failed");
            }
        }
    }

    private void write(java.io.OutputStream out, byte[] buffer, int count) throws ImageException {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    "cannot write to the temporary file " + file + " (TMPDIR names another folder): " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
