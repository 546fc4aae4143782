package dev.plimsoll.inventory.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Remembers whether the stream itself failed, so that a broken layer is told apart from a broken file in a good layer.
/// Closing is not passed on.
final class WatchedStream extends FilterInputStream {

    private boolean failed;

    WatchedStream(InputStream in) {
        super(in);
    }

    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void close() {
        // The layer goes on behind the file.
    }
}
