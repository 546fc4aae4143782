package dev.plimsoll.image.tar;

import java.io.IOException;

/// Where a tar's bytes come from: a stream that goes forward only, or a file whose contents can be stepped over.
public abstract class TarInput {

    /// Reads some bytes, at least one where `length` is above zero.
    ///
    /// @return how many, or -1 at the end
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    /// Passes over bytes.
    ///
    /// @return how many; fewer than asked only at the end
    public abstract long skip(long count) throws IOException;

    /// How many bytes were read or passed over so far.
    public abstract long position();

    /// Reads until the range is full or the input ends.
    ///
    /// @return how many bytes were there
    final int readFully(byte[] into, int offset, int length) throws IOException {
        var done = 0;
        while (done < length) {
            var read = read(into, offset + done, length - done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }
}
