package dev.plimsoll.image.layer;

import dev.plimsoll.image.BulkInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A range of a file as a stream; ends early where the file does.
final class RangeStream extends BulkInputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    RangeStream(BlobContent.FileRange range) throws IOException {
        this.channel = FileChannel.open(range.file());
        this.position = range.offset();
        this.end = range.offset() + range.length();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        var count = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, end - position)), position);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
