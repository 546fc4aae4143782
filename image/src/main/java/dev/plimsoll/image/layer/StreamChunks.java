package dev.plimsoll.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Bytes that come from elsewhere, in the pieces that they come in.
final class StreamChunks implements PackedChunks {

    private final InputStream stream;
    private final long length;
    private final ReadGuard.ForLayer guard;
    private final LongConsumer progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    private long read;

    /// @param length that the stream must have; -1 for any
    StreamChunks(InputStream stream, long length, ReadGuard.ForLayer guard, LongConsumer progress) {
        this.stream = stream;
        this.length = length;
        this.guard = guard;
        this.progress = progress;
    }

    @Override
    public long read() {
        return read;
    }

    /// What comes beyond the stated length is not taken: the digest is that of the stated bytes.
    @Override
    public @Nullable ByteBuffer next() throws IOException {
        guard.check();
        if (read == length) {
            return null;
        }
        var wanted = length < 0 ? CHUNK_BYTES : (int) Math.min(CHUNK_BYTES, length - read);
        var count = stream.read(buffer.array(), 0, wanted);
        if (count < 0) {
            if (length >= 0) {
                throw guard.unreadable("ends after " + read + " of " + length + " bytes");
            }
            return null;
        }
        read += count;
        progress.accept(read);
        return buffer.clear().limit(count);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
