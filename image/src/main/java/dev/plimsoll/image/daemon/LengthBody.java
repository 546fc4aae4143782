package dev.plimsoll.image.daemon;

import dev.plimsoll.image.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/// A body of a length that was told beforehand.
final class LengthBody extends BulkInputStream {

    private final InputStream input;
    private long left;

    LengthBody(InputStream input, long length) {
        this.input = input;
        this.left = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        var count = input.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new ProtocolException("closed the connection " + left + " bytes before the end of its answer");
        }
        left -= count;
        return count;
    }
}
