package dev.plimsoll.image.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names as bytes, one behind the other, found again by their position.
final class NamePool {

    private byte[] bytes = new byte[1 << 12];
    private int end;

    /// Keeps a name.
    ///
    /// @return its position
    int add(byte[] name) {
        var position = end;
        var needed = end + name.length + 3;
        if (needed < 0) {
            throw new OutOfMemoryError("more than 2 GiB of names");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
        // lengths up to 21 bits; a path is a few thousand bytes at most
        for (var rest = name.length; ; rest >>>= 7) {
            bytes[end++] = (byte) (rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
            if (rest <= 0x7f) {
                break;
            }
        }
        System.arraycopy(name, 0, bytes, end, name.length);
        end += name.length;
        return position;
    }

    String get(int position) {
        var start = start(position);
        return new String(bytes, start, length(position), StandardCharsets.UTF_8);
    }

    byte[] bytes(int position) {
        var start = start(position);
        return Arrays.copyOfRange(bytes, start, start + length(position));
    }

    boolean isEqual(int position, byte[] name) {
        var start = start(position);
        return Arrays.equals(bytes, start, start + length(position), name, 0, name.length);
    }

    /// The byte at an index of a name, -1 behind its end.
    int byteAt(int position, int index) {
        return index < length(position) ? bytes[start(position) + index] & 0xff : -1;
    }

    private int start(int position) {
        var at = position;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private int length(int position) {
        var length = 0;
        var at = position;
        for (var shift = 0; ; shift += 7) {
            length |= (bytes[at] & 0x7f) << shift;
            if (bytes[at++] >= 0) {
                return length;
            }
        }
    }
}
