package dev.plimsoll.image.tar;

import java.util.Arrays;

/// Where the data of a sparse file lie; between them are holes.
///
/// Source: GNU tar manual, "Storing Sparse Files".
final class SparseMap {

    /// In pieces of data, for one file: 4 MiB of numbers.
    static final int MAX_PIECES = 1 << 18;

    private long[] offsets = new long[8];
    private long[] lengths = new long[8];
    private int count;

    /// Adds a piece of data behind the others.
    ///
    /// @throws NumberFormatException when it is negative, beyond 63 bits, before the end of the last one, or one
    ///     too many
    void add(long offset, long length) {
        if (offset < 0 || length < 0 || offset + length < 0) {
            throw new NumberFormatException("a piece of a sparse file is negative or beyond 63 bits");
        }
        if (offset < end()) {
            throw new NumberFormatException("the pieces of a sparse file overlap or are out of order");
        }
        if (count == MAX_PIECES) {
            throw new NumberFormatException("a sparse file has more than " + MAX_PIECES + " pieces");
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        offsets[count] = offset;
        lengths[count] = length;
        count++;
    }

    int count() {
        return count;
    }

    long offset(int piece) {
        return offsets[piece];
    }

    long length(int piece) {
        return lengths[piece];
    }

    /// Where the last piece ends.
    long end() {
        return count == 0 ? 0 : offsets[count - 1] + lengths[count - 1];
    }

    /// Bytes of all pieces; cannot overflow because they do not overlap.
    long dataBytes() {
        long sum = 0;
        for (var i = 0; i < count; i++) {
            sum += lengths[i];
        }
        return sum;
    }
}
