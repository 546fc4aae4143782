package dev.plimsoll.image.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The header of an entry of a tar, in GNU's format: long names stand before it in entries of their own, numbers
/// that need more digits are written in base 256. Texts are bytes, one character each.
///
/// Source: GNU tar manual, "Basic Tar Format", "GNU Extensions"; pax for extended attributes, as star's `SCHILY.xattr`.
///
/// @param type as in the header
/// @param link target of a link
record TarEntry(FileFacts facts, char type, String name, String link) {

    /// In bytes.
    static final int BLOCK = 512;

    private static final int NAME_BYTES = 100;

    /// All blocks before the content.
    String bytes() {
        var size = type == '0' && facts.kind() == FileFacts.Kind.FILE ? facts.size() : 0;
        return longText('L', name)
                + longText('K', link)
                + header(type, name, link, facts.mode(), facts.userId(), facts.groupId(), size);
    }

    /// What stands before an entry of which an extended attribute is known.
    ///
    /// @param value its bytes, one character each
    static String attribute(String attribute, String value) {
        var rest = " SCHILY.xattr." + attribute + "=" + value + "\n";
        var length = rest.length() + 1; // the length counts its own digits
        while (length != rest.length() + Integer.toString(length).length()) {
            length = rest.length() + Integer.toString(length).length();
        }
        var record = length + rest;
        return header('x', "././@PaxHeader", "", 0, 0, 0, record.length())
                + record
                + "\0".repeat(-record.length() & (BLOCK - 1));
    }

    private static String longText(char type, String text) {
        if (text.length() <= NAME_BYTES) {
            return "";
        }
        var content = text + "\0";
        var padding = "\0".repeat(-content.length() & (BLOCK - 1));
        return header(type, "././@LongLink", "", 0, 0, 0, content.length()) + content + padding;
    }

    private static String header(char type, String name, String link, int mode, long user, long group, long size) {
        var block = new byte[BLOCK];
        put(block, 0, NAME_BYTES, name);
        number(block, 100, 8, mode);
        number(block, 108, 8, user);
        number(block, 116, 8, group);
        number(block, 124, 12, size);
        number(block, 136, 12, 0);
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        put(block, 157, NAME_BYTES, link);
        put(block, 257, 8, "ustar  ");
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        put(block, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
        return new String(block, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] block, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
    }

    private static void number(byte[] block, int at, int length, long value) {
        var octal = Long.toOctalString(value);
        if (octal.length() < length) {
            put(block, at, length, "0".repeat(length - 1 - octal.length()) + octal);
            return;
        }
        for (var i = 0; i < length; i++) {
            var shift = 8 * (length - 1 - i);
            block[at + i] = shift < 64 ? (byte) (value >> shift) : 0;
        }
        block[at] |= (byte) 0x80;
    }
}
