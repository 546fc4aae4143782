package dev.plimsoll.inventory.archives;

import dev.plimsoll.image.tar.TarInput;
import java.io.IOException;
import java.io.InputStream;

/// The tar `control.tar` of a Debian package, unpacked up to a limit as it is read. Not safe for several threads.
final class ControlArchive extends TarInput {

    private final InputStream in;
    private final long most;
    private long position;

    /// @param most bytes that may be unpacked
    ControlArchive(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = in.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long done = 0;
        var buffer = new byte[Math.clamp(count, 1, 1 << 13)];
        while (done < count) {
            var read = in.read(buffer, 0, (int) Math.min(buffer.length, count - done));
            if (read < 0) {
                break;
            }
            count(read);
            done += read;
        }
        return done;
    }

    @Override
    public long position() {
        return position;
    }

    private void count(int bytes) throws IOException {
        position += bytes;
        if (position > most) {
            throw new IOException("control.tar unpacks to over " + most + " bytes");
        }
    }
}
