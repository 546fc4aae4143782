package dev.plimsoll.inventory;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Reads the entries of a block that {@link FileEntryWriter} wrote.
final class FileEntryReader {

    private final byte[] block;
    private int at;
    private byte[] path = new byte[256];
    private int pathLength;
    private int flags;

    /// Where the entry's attributes begin, until they were read or passed over.
    private boolean attributesAhead;

    FileEntryReader(byte[] block) {
        this.block = block;
    }

    boolean hasNext() {
        if (attributesAhead) {
            pass();
        }
        return at < block.length;
    }

    /// Goes to the next entry and reads its path.
    void next() {
        if (attributesAhead) {
            pass();
        }
        flags = (int) number();
        var shared = (int) number();
        var added = (int) number();
        pathLength = shared + added;
        if (path.length < pathLength) {
            path = Arrays.copyOf(path, pathLength * 2);
        }
        System.arraycopy(block, at, path, shared, added);
        at += added;
        attributesAhead = true;
    }

    /// Holds the entry's path against another.
    int compareTo(byte[] other) {
        return Arrays.compareUnsigned(path, 0, pathLength, other, 0, other.length);
    }

    private void pass() {
        for (var i = 0; i < 5; i++) {
            number();
        }
        if ((flags & FileEntryWriter.LINK) != 0) {
            passText();
        }
        if ((flags & FileEntryWriter.DIGEST) != 0) {
            at += FileEntryWriter.DIGEST_BYTES;
        }
        if ((flags & FileEntryWriter.OTHER_DIGEST) != 0) {
            passText();
        }
        if ((flags & FileEntryWriter.CAPABILITIES) != 0) {
            passText();
        }
        attributesAhead = false;
    }

    private void passText() {
        var length = (int) number();
        at += length;
    }

    /// The entry; to be asked once.
    FileEntry entry() {
        var mode = (int) number();
        var userId = number();
        var groupId = number();
        var size = number();
        var layer = (int) number();
        var link = (flags & FileEntryWriter.LINK) == 0 ? "" : text();
        Optional<String> digest = Optional.empty();
        if ((flags & FileEntryWriter.DIGEST) != 0) {
            digest = Optional.of(HexFormat.of().formatHex(block, at, at + FileEntryWriter.DIGEST_BYTES));
            at += FileEntryWriter.DIGEST_BYTES;
        } else if ((flags & FileEntryWriter.OTHER_DIGEST) != 0) {
            digest = Optional.of(text());
        }
        Optional<String> capabilities =
                (flags & FileEntryWriter.CAPABILITIES) == 0 ? Optional.empty() : Optional.of(text());
        attributesAhead = false;
        return new FileEntry(
                CodeUnits.text(path, 0, pathLength),
                FileEntryWriter.KINDS.get(flags & FileEntryWriter.KIND),
                mode,
                userId,
                groupId,
                size,
                layer,
                link,
                digest,
                capabilities);
    }

    private String text() {
        var length = (int) number();
        var from = at;
        at += length;
        return CodeUnits.text(block, from, length);
    }

    private long number() {
        long value = 0;
        for (var shift = 0; ; shift += 7) {
            var b = block[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
