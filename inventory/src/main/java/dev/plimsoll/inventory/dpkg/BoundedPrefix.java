package dev.plimsoll.inventory.dpkg;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The first bytes of a stream; it ends there.
final class BoundedPrefix extends FilterInputStream {

    private int left;

    BoundedPrefix(InputStream in, int most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        left--;
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        var read = super.read(bytes, offset, Math.min(length, left));
        if (read > 0) {
            left -= read;
        }
        return read;
    }
}
