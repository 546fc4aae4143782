package dev.plimsoll.image.tar;

import java.io.IOException;

/// Lines of digits at the start of a content, read by whole blocks, so that what follows starts at a block.
final class BlockLines {

    private final TarInput input;
    private final byte[] block = new byte[HeaderBlock.SIZE];
    private long remaining;
    private int at = HeaderBlock.SIZE;

    /// @param contentBytes how long the content is in all
    BlockLines(TarInput input, long contentBytes) {
        this.input = input;
        this.remaining = contentBytes;
    }

    /// Reads a line.
    ///
    /// @throws NumberFormatException when it is no number, or the content ends
    long number() throws IOException {
        long value = 0;
        var digits = 0;
        while (true) {
            var next = next();
            if (next == '\n' && digits > 0) {
                return value;
            }
            if (next < '0' || next > '9' || ++digits > 18) {
                throw new NumberFormatException("the map of a sparse file holds no number or one beyond 18 digits");
            }
            value = value * 10 + (next - '0');
        }
    }

    private int next() throws IOException {
        if (at == HeaderBlock.SIZE) {
            if (remaining < HeaderBlock.SIZE || input.readFully(block, 0, HeaderBlock.SIZE) < HeaderBlock.SIZE) {
                throw new NumberFormatException("the content ends within the map of a sparse file");
            }
            remaining -= HeaderBlock.SIZE;
            at = 0;
        }
        return block[at++];
    }
}
