package dev.plimsoll.inventory.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// The bytes of a program, to be read at any place: in memory, or in a temporary file where they are many. Valid while
/// the file passes by. Used by one thread.
public final class ProgramContent {

    private final byte[] bytes;
    private final Optional<FileChannel> file;
    private final long start;
    private final long size;

    private ProgramContent(byte[] bytes, Optional<FileChannel> file, long start, long size) {
        this.bytes = bytes;
        this.file = file;
        this.start = start;
        this.size = size;
    }

    /// @param length how many of the bytes count
    public static ProgramContent of(byte[] bytes, int length) {
        return new ProgramContent(bytes, Optional.empty(), 0, length);
    }

    /// @param file positions of it are read; its own position is left alone
    public static ProgramContent of(FileChannel file, long size) {
        return new ProgramContent(new byte[0], Optional.of(file), 0, size);
    }

    /// In bytes.
    public long size() {
        return size;
    }

    /// A part of it, cut where the content ends.
    public ProgramContent slice(long offset, long length) {
        var from = clipped(offset);
        return new ProgramContent(bytes, file, start + from, Math.clamp(length, 0, size - from));
    }

    private long clipped(long offset) {
        return offset < 0 || offset > size ? size : offset;
    }

    /// The bytes at a place, fewer where the content ends, none outside it. Not to be written to; it has an array.
    ///
    /// @param most how many, at most
    /// @throws IOException when the temporary file cannot be read
    public ByteBuffer read(long offset, int most, ByteOrder order) throws IOException {
        var from = clipped(offset);
        var length = Math.clamp(size - from, 0, Math.max(0, most));
        if (file.isEmpty()) {
            return ByteBuffer.wrap(bytes, Math.toIntExact(start + from), length)
                    .slice()
                    .order(order);
        }
        var buffer = ByteBuffer.allocate(length).order(order);
        while (buffer.hasRemaining() && file.get().read(buffer, start + from + buffer.position()) >= 0) {
            // until all of it is there
        }
        return buffer.flip();
    }
}
