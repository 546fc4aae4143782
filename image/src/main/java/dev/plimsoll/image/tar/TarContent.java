package dev.plimsoll.image.tar;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The content of one entry while it passes by. The end of the input within it is an error, never an early end.
final class TarContent extends BulkInputStream {

    private final TarInput input;
    private final String where;
    private final long size;
    private final @Nullable SparseMap map;

    /// Bytes in the archive that were not read yet.
    private long packed;
    /// Bytes of the file that were given out.
    private long given;
    private int piece;
    private boolean finished;

    /// @param where names the entry in messages
    /// @param packed bytes in the archive
    /// @param size bytes of the file, holes filled in
    /// @param map where the data lie; null for a file without holes
    TarContent(TarInput input, String where, long packed, long size, @Nullable SparseMap map) {
        this.input = input;
        this.where = where;
        this.packed = packed;
        this.size = size;
        this.map = map;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (finished || given == size) {
            return -1;
        }
        if (map == null) {
            return data(into, offset, (int) Math.min(length, size - given));
        }
        while (piece < map.count() && given >= map.offset(piece) + map.length(piece)) {
            piece++;
        }
        if (piece < map.count() && given >= map.offset(piece)) {
            return data(into, offset, (int) Math.min(length, map.offset(piece) + map.length(piece) - given));
        }
        var holeEnd = piece < map.count() ? map.offset(piece) : size;
        var count = (int) Math.min(length, holeEnd - given);
        Arrays.fill(into, offset, offset + count, (byte) 0);
        given += count;
        return count;
    }

    private int data(byte[] into, int offset, int length) throws IOException {
        var read = input.read(into, offset, length);
        if (read < 0) {
            throw truncated();
        }
        packed -= read;
        given += read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        if (map != null) {
            return super.skip(count);
        }
        var wanted = finished ? 0 : Math.clamp(count, 0, size - given);
        var skipped = input.skip(wanted);
        if (skipped < wanted) {
            throw truncated();
        }
        packed -= skipped;
        given += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return finished ? 0 : (int) Math.min(Integer.MAX_VALUE, size - given);
    }

    /// Passes over the rest; from then on the stream is at its end.
    void finish() throws IOException {
        finished = true;
        if (input.skip(packed) < packed) {
            throw truncated();
        }
        packed = 0;
    }

    private ImageException truncated() {
        return new ImageException(ImageException.Kind.UNREADABLE, where + ": the archive ends within the content");
    }
}
