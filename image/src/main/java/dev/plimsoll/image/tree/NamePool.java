package dev.plimsoll.image.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names as bytes, one behind the other, found again by their position. In pages, so that growing copies nothing.
final class NamePool {

    private static final int PAGE_BITS = 18;
    private static final int PAGE = 1 << PAGE_BITS;

    private byte[][] pages = {new byte[PAGE]};
    private int end;

    /// Keeps a name.
    ///
    /// @return its position
    int add(byte[] name) {
        var position = end;
        if (end + name.length + 3 < 0) {
            throw new OutOfMemoryError("more than 2 GiB of names");
        }
        // lengths up to 21 bits; a path is a few thousand bytes at most
        for (var rest = name.length; ; rest >>>= 7) {
            append((byte) (rest > 0x7f ? (rest & 0x7f) | 0x80 : rest));
            if (rest <= 0x7f) {
                break;
            }
        }
        for (var at = 0; at < name.length; ) {
            var room = Math.min(name.length - at, PAGE - (end & (PAGE - 1)));
            System.arraycopy(name, at, page(), end & (PAGE - 1), room);
            at += room;
            end += room;
        }
        return position;
    }

    private void append(byte value) {
        page()[end & (PAGE - 1)] = value;
        end++;
    }

    /// The page that the next byte belongs to.
    private byte[] page() {
        var index = end >>> PAGE_BITS;
        if (index == pages.length) {
            pages = Arrays.copyOf(pages, index + 1);
            pages[index] = new byte[PAGE];
        }
        return pages[index];
    }

    private byte at(int position) {
        return pages[position >>> PAGE_BITS][position & (PAGE - 1)];
    }

    String get(int position) {
        var name = bytes(position);
        return new String(name, 0, name.length, StandardCharsets.UTF_8);
    }

    byte[] bytes(int position) {
        var name = new byte[length(position)];
        var start = start(position);
        for (var at = 0; at < name.length; ) {
            var offset = (start + at) & (PAGE - 1);
            var count = Math.min(name.length - at, PAGE - offset);
            System.arraycopy(pages[(start + at) >>> PAGE_BITS], offset, name, at, count);
            at += count;
        }
        return name;
    }

    boolean isEqual(int position, byte[] name) {
        if (length(position) != name.length) {
            return false;
        }
        var start = start(position);
        for (var at = 0; at < name.length; ) {
            var offset = (start + at) & (PAGE - 1);
            var count = Math.min(name.length - at, PAGE - offset);
            var page = pages[(start + at) >>> PAGE_BITS];
            if (!Arrays.equals(page, offset, offset + count, name, at, at + count)) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /// The byte at an index of a name, -1 behind its end.
    int byteAt(int position, int index) {
        return index < length(position) ? at(start(position) + index) & 0xff : -1;
    }

    private int start(int position) {
        var at = position;
        while (at(at) < 0) {
            at++;
        }
        return at + 1;
    }

    private int length(int position) {
        var length = 0;
        var at = position;
        for (var shift = 0; ; shift += 7) {
            length |= (at(at) & 0x7f) << shift;
            if (at(at++) >= 0) {
                return length;
            }
        }
    }
}
