package dev.plimsoll.image.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A range of a file.
final class FileChunks implements PackedChunks {

    private final FileChannel channel;
    private final long length;
    private final ReadGuard.ForLayer guard;
    private final LongConsumer progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    private long position;
    private long read;

    /// @param progress told of the bytes read so far
    FileChunks(FileChannel channel, long offset, long length, ReadGuard.ForLayer guard, LongConsumer progress) {
        this.channel = channel;
        this.position = offset;
        this.length = length;
        this.guard = guard;
        this.progress = progress;
    }

    @Override
    public long read() {
        return read;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (read == length) {
            return null;
        }
        buffer.clear().limit((int) Math.min(CHUNK_BYTES, length - read));
        while (buffer.hasRemaining()) {
            var count = channel.read(buffer, position);
            if (count < 0) {
                throw guard.unreadable(
                        "the file ends after " + (read + buffer.position()) + " of " + length + " bytes");
            }
            position += count;
        }
        buffer.flip();
        read += buffer.limit();
        progress.accept(read);
        return buffer;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
