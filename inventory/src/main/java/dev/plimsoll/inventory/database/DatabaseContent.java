package dev.plimsoll.inventory.database;

import dev.plimsoll.inventory.FactSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The content of a database, readable at any place: in memory, or mapped from a temporary file where it is large.
/// Closing removes the file. Not safe for several threads.
public final class DatabaseContent implements AutoCloseable {

    /// In bytes.
    public static final int IN_MEMORY = 16 << 20;

    /// In bytes, on disk; the databases of full desktops have about 300 million.
    public static final long MAX_BYTES = 1L << 30;

    private final MemorySegment bytes;
    private final Arena arena;
    private final Optional<Path> file;

    private DatabaseContent(MemorySegment bytes, Arena arena, Optional<Path> file) {
        this.bytes = bytes;
        this.arena = arena;
        this.file = file;
    }

    /// Reads to the end; empty, with an unknown, where that is beyond the limit.
    public static Optional<DatabaseContent> read(InputStream content, FactSink facts) throws IOException {
        return read(content, IN_MEMORY, MAX_BYTES, facts);
    }

    public static Optional<DatabaseContent> read(InputStream content, int inMemory, long most, FactSink facts)
            throws IOException {
        var first = content.readNBytes(inMemory);
        if (first.length < inMemory) {
            return Optional.of(new DatabaseContent(MemorySegment.ofArray(first), Arena.ofAuto(), Optional.empty()));
        }
        var file = Files.createTempFile("plimsoll-", ".database");
        var arena = Arena.ofConfined();
        var kept = false;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long length = write(channel, ByteBuffer.wrap(first));
            var chunk = new byte[1 << 16];
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                if (length + count > most) {
                    facts.unknown("", "the database is over " + most + " bytes");
                    return Optional.empty();
                }
                length += write(channel, ByteBuffer.wrap(chunk, 0, count));
            }
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
            kept = true;
            return Optional.of(new DatabaseContent(mapped, arena, Optional.of(file)));
        } finally {
            if (!kept) {
                arena.close();
                Files.deleteIfExists(file);
            }
        }
    }

    private static int write(FileChannel channel, ByteBuffer bytes) throws IOException {
        var length = bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return length;
    }

    /// Valid until this is closed.
    public MemorySegment bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            arena.close();
            Files.deleteIfExists(file.get());
        }
    }
}
