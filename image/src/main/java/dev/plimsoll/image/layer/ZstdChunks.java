package dev.plimsoll.image.layer;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.plimsoll.image.BulkInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Unpacks zstd: any number of frames.
///
/// Source: RFC 8878. The window that a frame asks for is memory outside of the heap.
final class ZstdChunks implements Chunks, AutoCloseable {

    /// As a power of two; what the library knows.
    private static final int LEAST_WINDOW = 10;

    private static final int MOST_WINDOW = 31;
    private static final String TRUNCATED = "Truncated source";

    private final ZstdInputStreamNoFinalizer stream;
    private final long windowBytes;
    private final ReadGuard.ForLayer guard;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);

    /// @param windowBytes largest window that a frame may ask for
    ZstdChunks(Chunks packed, long windowBytes, ReadGuard.ForLayer guard) throws IOException {
        this.stream = new ZstdInputStreamNoFinalizer(new ChunkStream(packed));
        stream.setLongMax(Math.clamp(63L - Long.numberOfLeadingZeros(windowBytes), LEAST_WINDOW, MOST_WINDOW));
        this.windowBytes = windowBytes;
        this.guard = guard;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        try {
            var read = stream.read(buffer.array(), 0, buffer.capacity());
            return read < 0 ? null : buffer.clear().limit(read);
        } catch (ZstdIOException e) {
            throw guard.unreadable(reason(e));
        }
    }

    private String reason(ZstdIOException e) {
        if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
            return "the zstd data ask for a window over the limit of " + windowBytes
                    + " bytes (--max-zstd-window-bytes)";
        }
        return TRUNCATED.equals(e.getMessage()) // for which the library has no code
                ? "the packed data end early"
                : "the zstd data are damaged (" + e.getMessage() + ")";
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class ChunkStream extends BulkInputStream {

        private final Chunks chunks;
        private @Nullable ByteBuffer current;

        ChunkStream(Chunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
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
    }
}
