package dev.plimsoll.inventory.scan;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file's content that several want to read: in memory, or in one temporary file where it is large.
final class SpooledContent implements AutoCloseable {

    /// In bytes.
    static final int IN_MEMORY = 4 << 20;

    private final byte[] bytes;
    private final Optional<Path> file;

    private SpooledContent(byte[] bytes, Optional<Path> file) {
        this.bytes = bytes;
        this.file = file;
    }

    static SpooledContent of(InputStream content) throws IOException {
        var first = content.readNBytes(IN_MEMORY);
        if (first.length < IN_MEMORY) {
            return new SpooledContent(first, Optional.empty());
        }
        var file = Files.createTempFile("plimsoll-", ".spool");
        try (var out = Files.newOutputStream(file);
                var whole = new SequenceInputStream(new ByteArrayInputStream(first), new WatchedStream(content))) {
            whole.transferTo(out);
            return new SpooledContent(new byte[0], Optional.of(file));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    InputStream open() throws IOException {
        return file.isPresent()
                ? new BufferedInputStream(Files.newInputStream(file.get()), 1 << 16)
                : new ByteArrayInputStream(bytes);
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
