package dev.plimsoll.image.layer;

import dev.plimsoll.image.tar.TarInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A tar that passes by in chunks.
final class ChunkTarInput extends TarInput {

    private final Chunks chunks;
    private @Nullable ByteBuffer current;
    private long position;

    ChunkTarInput(Chunks chunks) {
        this.chunks = chunks;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        var chunk = filled();
        if (chunk == null) {
            return -1;
        }
        var count = Math.min(length, chunk.remaining());
        chunk.get(into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var remaining = count;
        while (remaining > 0) {
            var chunk = filled();
            if (chunk == null) {
                break;
            }
            var step = (int) Math.min(remaining, chunk.remaining());
            chunk.position(chunk.position() + step);
            position += step;
            remaining -= step;
        }
        return count - remaining;
    }

    @Override
    public long position() {
        return position;
    }

    private @Nullable ByteBuffer filled() throws IOException {
        if (current == null || !current.hasRemaining()) {
            current = chunks.next();
        }
        return current;
    }
}
