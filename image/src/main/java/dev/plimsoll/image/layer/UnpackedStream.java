package dev.plimsoll.image.layer;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.ImageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A stream that may be packed with what layers are packed with, unpacked on the way and bounded like them. Used by
/// one thread.
public final class UnpackedStream extends BulkInputStream {

    private final Packing packing;
    private final Chunks chunks;
    private @Nullable ByteBuffer current;

    /// @param where names the stream in messages
    /// @param limits of which the bytes of a spooled archive and the ratio count
    /// @param timeout for the whole reading
    public UnpackedStream(InputStream packed, String where, ImageLimits limits, Duration timeout) throws IOException {
        var guard = new ReadGuard(timeout, limits.work()).forLayer(0, where);
        var counted = new StreamChunks(packed, -1, guard, _ -> {});
        this.packing = Packing.of(counted, limits.work(), guard);
        this.chunks = new BoundedChunks(
                packing.unpacked(),
                counted,
                new BoundedChunks.Limits(limits.spoolBytes(), "--max-spool-bytes", limits.ratio()),
                guard);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (current == null || !current.hasRemaining()) {
            current = chunks.next();
        }
        if (current == null) {
            return -1;
        }
        var count = Math.min(length, current.remaining());
        current.get(into, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        packing.close();
    }
}
