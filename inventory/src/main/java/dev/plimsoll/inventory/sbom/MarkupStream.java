package dev.plimsoll.inventory.sbom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Refuses XML whose next `>` is too far away: a parser holds a tag with its attributes in memory as a whole.
final class MarkupStream extends FilterInputStream {

    private final int longest;
    private int since;

    /// @param longest in bytes, between two `>`
    MarkupStream(InputStream in, int longest) {
        super(in);
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            see((byte) read);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = 0; i < read; i++) {
            see(bytes[offset + i]);
        }
        return read;
    }

    /// The parser would close what is read to its end for the digest.
    @Override
    public void close() {
        // the stream is its opener's
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void see(byte b) throws SbomException {
        since = b == '>' ? 0 : since + 1;
        if (since > longest) {
            throw SbomLimits.exceeded("bytes in one text or tag", longest, "sbom-text");
        }
    }
}
