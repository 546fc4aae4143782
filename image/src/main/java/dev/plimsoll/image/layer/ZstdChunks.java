package dev.plimsoll.image.layer;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Unpacks zstd: any number of frames.
///
/// Source: RFC 8878. A frame may ask for a window of 128 MiB at most, which is the library's own limit.
final class ZstdChunks implements Chunks, AutoCloseable {

    private final ZstdInputStreamNoFinalizer stream;
    private final ReadGuard.ForLayer guard;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);

    ZstdChunks(Chunks packed, ReadGuard.ForLayer guard) throws IOException {
        this.stream = new ZstdInputStreamNoFinalizer(new ChunkStream(packed));
        this.guard = guard;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        try {
            var read = stream.read(buffer.array(), 0, buffer.capacity());
            return read < 0 ? null : buffer.clear().limit(read);
        } catch (ZstdIOException e) {
            throw guard.unreadable("the zstd data are damaged (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class ChunkStream extends InputStream {

        private final Chunks chunks;
        private @Nullable ByteBuffer current;

        ChunkStream(Chunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
