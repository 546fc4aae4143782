package dev.plimsoll.image.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A tar that lies in a file: contents are stepped over without being read.
public final class FileTarInput extends TarInput {

    /// Headers are 512 bytes; long names and pax headers add a few blocks.
    private static final int BUFFER_BYTES = 4096;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long position;

    public FileTarInput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            buffer.clear();
            var read = channel.read(buffer, position);
            buffer.flip();
            if (read <= 0) {
                return -1;
            }
        }
        var count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = Math.clamp(channel.size() - position, 0, count);
        if (skipped <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) skipped);
        } else {
            buffer.limit(0);
        }
        position += skipped;
        return skipped;
    }

    @Override
    public long position() {
        return position;
    }
}
