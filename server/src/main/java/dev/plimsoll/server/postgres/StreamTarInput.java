package dev.plimsoll.server.postgres;

import dev.plimsoll.image.tar.TarInput;
import java.io.IOException;
import java.io.InputStream;

/// A tar that comes as a stream.
final class StreamTarInput extends TarInput {

    private final InputStream in;
    private long position;

    StreamTarInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var count = in.read(into, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long done = 0;
        while (done < count) {
            var step = in.skip(count - done);
            if (step <= 0 && in.read() < 0) {
                break;
            }
            done += step <= 0 ? 1 : step;
        }
        position += done;
        return done;
    }

    @Override
    public long position() {
        return position;
    }
}
