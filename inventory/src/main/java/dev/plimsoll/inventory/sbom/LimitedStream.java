package dev.plimsoll.inventory.sbom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends in an exception after a number of bytes.
final class LimitedStream extends FilterInputStream {

    private final long most;
    private long left;

    LimitedStream(InputStream in, long most) {
        super(in);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws SbomException {
        left -= bytes;
        if (left < 0) {
            throw SbomLimits.exceeded("bytes", most, "sbom-bytes");
        }
    }
}
