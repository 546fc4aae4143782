package dev.plimsoll.image;

import java.io.IOException;
import java.io.InputStream;

/// A stream of bytes that come in pieces: one byte is a piece of length one.
public abstract class BulkInputStream extends InputStream {

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;
}
