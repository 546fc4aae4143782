package dev.plimsoll.image.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Unpacks gzip: any number of members, each with its check sum and length verified.
///
/// Source: RFC 1952. The JDK's GZIPInputStream reads through a small buffer and is half as fast.
final class GzipChunks implements Chunks, AutoCloseable {

    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;

    private final Chunks packed;
    private final ReadGuard.ForLayer guard;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    private @Nullable ByteBuffer input;
    private boolean inMember;

    GzipChunks(Chunks packed, ReadGuard.ForLayer guard) {
        this.packed = packed;
        this.guard = guard;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        var out = buffer.array();
        try {
            while (true) {
                if (!inMember && !startMember()) {
                    return null;
                }
                var count = inflater.inflate(out);
                if (inflater.finished()) {
                    crc.update(out, 0, count);
                    endMember();
                } else if (inflater.needsDictionary()) {
                    throw broken("the deflated data ask for a dictionary");
                } else if (count > 0) {
                    crc.update(out, 0, count);
                } else {
                    feed();
                }
                if (count > 0) {
                    return buffer.clear().limit(count);
                }
            }
        } catch (DataFormatException e) {
            throw broken("the deflated data are damaged (" + e.getMessage() + ")");
        }
    }

    private void feed() throws IOException {
        var chunk = filled();
        if (chunk == null) {
            throw broken("the packed data end early");
        }
        inflater.setInput(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
        chunk.position(chunk.limit());
    }

    /// Reads the header of the next member; false at the end, before which zeros may stand.
    private boolean startMember() throws IOException {
        var first = tryByte();
        while (first == 0) {
            first = tryByte();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || aByte() != 0x8b) {
            throw broken("something that is not gzip follows a gzip member");
        }
        if (aByte() != 8) {
            throw broken("the gzip header names an unknown method");
        }
        var flags = aByte();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw broken("the gzip header has unknown flags");
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(aByte() | (aByte() << 8));
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        if (input != null) {
            input.position(input.limit() - inflater.getRemaining());
        }
        var statedCrc = fourBytes();
        var statedSize = fourBytes();
        if (statedCrc != crc.getValue()) {
            throw broken("the check sum of a gzip member is wrong");
        }
        if (statedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw broken("the length of a gzip member is wrong");
        }
        inMember = false;
    }

    private long fourBytes() throws IOException {
        return aByte() | (aByte() << 8) | (aByte() << 16) | ((long) aByte() << 24);
    }

    private void skip(int count) throws IOException {
        for (var i = 0; i < count; i++) {
            aByte();
        }
    }

    private void skipText() throws IOException {
        while (aByte() != 0) {
            // passes over the text
        }
    }

    private int aByte() throws IOException {
        var next = tryByte();
        if (next < 0) {
            throw broken("the packed data end early");
        }
        return next;
    }

    private int tryByte() throws IOException {
        var chunk = filled();
        return chunk == null ? -1 : chunk.get() & 0xff;
    }

    private @Nullable ByteBuffer filled() throws IOException {
        if (input == null || !input.hasRemaining()) {
            input = packed.next();
        }
        return input;
    }

    private IOException broken(String reason) {
        return guard.unreadable(reason);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
