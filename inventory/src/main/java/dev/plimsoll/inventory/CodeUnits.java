package dev.plimsoll.inventory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text as one to three bytes for each UTF-16 code unit: the order of such bytes is that of {@link String#compareTo},
/// and every string comes back as it was, half a surrogate pair included. UTF-8 has neither property.
///
/// Source: Unicode Technical Report 26, "Compatibility Encoding Scheme for UTF-16: 8-Bit (CESU-8)".
final class CodeUnits {

    private CodeUnits() {}

    static byte[] bytes(String text) {
        var bytes = new byte[text.length()];
        for (var i = 0; i < bytes.length; i++) {
            var unit = text.charAt(i);
            if (unit > 0x7f) {
                return manyBytes(text);
            }
            bytes[i] = (byte) unit;
        }
        return bytes;
    }

    private static byte[] manyBytes(String text) {
        var bytes = new byte[text.length() * 3];
        var end = 0;
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (unit <= 0x7f) {
                bytes[end++] = (byte) unit;
            } else if (unit <= 0x7ff) {
                bytes[end++] = (byte) (0xc0 | (unit >> 6));
                bytes[end++] = (byte) (0x80 | (unit & 0x3f));
            } else {
                bytes[end++] = (byte) (0xe0 | (unit >> 12));
                bytes[end++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
                bytes[end++] = (byte) (0x80 | (unit & 0x3f));
            }
        }
        return Arrays.copyOf(bytes, end);
    }

    static String text(byte[] bytes, int from, int length) {
        for (var i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return manyUnits(bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String manyUnits(byte[] bytes, int from, int length) {
        var text = new StringBuilder(length);
        for (var i = from; i < from + length; ) {
            int first = bytes[i++];
            if (first >= 0) {
                text.append((char) first);
            } else if ((first & 0xe0) == 0xc0) {
                text.append((char) (((first & 0x1f) << 6) | (bytes[i++] & 0x3f)));
            } else {
                text.append((char) (((first & 0x0f) << 12) | ((bytes[i++] & 0x3f) << 6) | (bytes[i++] & 0x3f)));
            }
        }
        return text.toString();
    }
}
