package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.inventory.ContentObserver.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Shows every byte that is read to those who observe a file.
final class ObservedStream extends BulkInputStream {

    private static final int BUFFER = 1 << 16;

    private final InputStream content;
    private final List<Observation> observations;

    ObservedStream(InputStream content, List<Observation> observations) {
        this.content = content;
        this.observations = observations;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = content.read(buffer, offset, length);
        if (count > 0) {
            for (var observation : observations) {
                observation.bytes(buffer, offset, count);
            }
        }
        return count;
    }

    /// Skipped bytes are shown too.
    @Override
    public long skip(long count) throws IOException {
        long left = count;
        var buffer = new byte[Math.clamp(count, 1, BUFFER)];
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return count - left;
    }

    /// Shows what nobody has read.
    void drain() throws IOException {
        var buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            // to the end
        }
    }
}
