package dev.plimsoll.image.tar;

import java.util.Arrays;

/// The fields of a 512-byte header block.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format" for base-256 numbers
/// and the layout of sparse headers. Where writers disagree, Go's archive/tar is followed, because container
/// engines are written with it.
final class HeaderBlock {

    static final int SIZE = 512;

    private static final int CHECKSUM_AT = 148;
    private static final int MAGIC_AT = 257;
    private static final int STAR_TRAILER_AT = 508;

    private final byte[] bytes = new byte[SIZE];

    byte[] bytes() {
        return bytes;
    }

    boolean isZero() {
        for (var b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// Old writers summed signed bytes; both sums are right.
    boolean hasRightChecksum() {
        int unsigned = 0;
        int high = 0;
        for (var b : bytes) {
            unsigned += b & 0xff;
            high += b >>> 31;
        }
        // the field itself counts as spaces
        for (int i = CHECKSUM_AT; i < CHECKSUM_AT + 8; i++) {
            unsigned += ' ' - (bytes[i] & 0xff);
            high -= bytes[i] >>> 31;
        }
        int signed = unsigned - 256 * high;
        try {
            var stated = number(CHECKSUM_AT, 8);
            return stated == unsigned || stated == signed;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    byte type() {
        return bytes[156];
    }

    byte[] linkName() {
        return text(157, 100);
    }

    /// The name, behind its prefix where the format has one.
    byte[] name() {
        var name = text(0, 100);
        var prefix = prefix();
        if (prefix.length == 0) {
            return name;
        }
        var joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        joined[prefix.length] = '/';
        System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
        return joined;
    }

    private byte[] prefix() {
        if (!isAt(MAGIC_AT, "ustar\0")) {
            return new byte[0]; // GNU's old format keeps times and the sparse map there, the oldest nothing
        }
        return isAt(STAR_TRAILER_AT, "tar\0") ? text(345, 131) : text(345, 155);
    }

    private boolean isAt(int offset, String magic) {
        for (var i = 0; i < magic.length(); i++) {
            if (bytes[offset + i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    byte[] text(int offset, int length) {
        var end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, offset, end);
    }

    /// Reads an octal or base-256 number.
    ///
    /// @throws NumberFormatException when it is neither, or beyond 63 bits
    long number(int offset, int length) {
        return (bytes[offset] & 0x80) != 0 ? base256(offset, length) : octal(offset, length);
    }

    private long octal(int offset, int length) {
        var from = offset;
        var to = offset + length;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        long value = 0;
        for (var i = from; i < to && bytes[i] != 0; i++) {
            if (bytes[i] < '0' || bytes[i] > '7') {
                throw new NumberFormatException("not an octal number");
            }
            value = (value << 3) | (bytes[i] - '0');
        }
        return value;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == 0;
    }

    private long base256(int offset, int length) {
        var inverted = (bytes[offset] & 0x40) != 0 ? 0xff : 0;
        long value = 0;
        for (var i = 0; i < length; i++) {
            var b = (bytes[offset + i] ^ inverted) & 0xff;
            if (i == 0) {
                b &= 0x7f;
            }
            if (value >>> 55 != 0) {
                throw new NumberFormatException("a base-256 number beyond 63 bits");
            }
            value = (value << 8) | b;
        }
        return inverted == 0 ? value : ~value;
    }
}
