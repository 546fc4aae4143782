package dev.plimsoll.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Builds a tar in bytes, entry by entry, well-formed or not.
public final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static TarBytes tar() {
        return new TarBytes();
    }

    /// A header block of the ustar format.
    public static final class Header {
        public final byte[] block = new byte[512];

        public Header(String name, char type) {
            text(0, name)
                    .octal(100, 7, 0644)
                    .octal(108, 7, 0)
                    .octal(116, 7, 0)
                    .octal(124, 11, 0)
                    .octal(136, 11, 0);
            block[156] = (byte) type;
            text(257, "ustar\0" + "00");
        }

        public Header text(int offset, String text) {
            return bytes(offset, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Header bytes(int offset, byte[] bytes) {
            System.arraycopy(bytes, 0, block, offset, bytes.length);
            return this;
        }

        public Header octal(int offset, int digits, long value) {
            return text(offset, String.format(Locale.ROOT, "%0" + digits + "o", value) + "\0");
        }

        /// A number in base 256, which fills its field.
        public Header base256(int offset, int length, long value) {
            for (var i = length - 1; i >= 0; i--) {
                var shift = (length - 1 - i) * 8;
                block[offset + i] = (byte) (shift < 64 ? value >> shift : value >> 63);
            }
            block[offset] = (byte) (value < 0 ? 0xff : block[offset] | 0x80);
            return this;
        }

        public Header mode(int mode) {
            return octal(100, 7, mode);
        }

        public Header owner(int user, int group) {
            return octal(108, 7, user).octal(116, 7, group);
        }

        public Header size(long size) {
            return octal(124, 11, size);
        }

        public Header link(String target) {
            return text(157, target);
        }

        byte[] sealed(boolean signed) {
            Arrays.fill(block, 148, 156, (byte) ' ');
            var sum = 0;
            for (var b : block) {
                sum += signed ? b : b & 0xff;
            }
            text(148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
            return block;
        }
    }

    public TarBytes header(Header header) {
        return raw(header.sealed(false));
    }

    public TarBytes signedHeader(Header header) {
        return raw(header.sealed(true));
    }

    public TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Content, filled up to a block.
    public TarBytes content(byte[] content) {
        raw(content);
        return raw(new byte[-content.length & 511]);
    }

    public TarBytes file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes file(String name, byte[] content) {
        return header(new Header(name, '0').size(content.length)).content(content);
    }

    public TarBytes directory(String name) {
        return header(new Header(name, '5').mode(0755));
    }

    public TarBytes symbolicLink(String name, String target) {
        return header(new Header(name, '2').mode(0777).link(target));
    }

    public TarBytes hardLink(String name, String target) {
        return header(new Header(name, '1').link(target));
    }

    /// A pax header of records given as key and value by turns.
    public TarBytes pax(char type, String... keysAndValues) {
        var records = new StringBuilder();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            records.append(record(keysAndValues[i], keysAndValues[i + 1]));
        }
        return about(type, records.toString());
    }

    public static String record(String key, String value) {
        var rest = " " + key + "=" + value + "\n";
        var bytes = rest.getBytes(StandardCharsets.UTF_8).length;
        var length = bytes + 1;
        while (String.valueOf(length).length() + bytes != length) {
            length++;
        }
        return length + rest;
    }

    /// An entry whose content tells of the next one: `L`, `K`, `x`, `g`.
    public TarBytes about(char type, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        return header(new Header("././@LongLink", type).size(bytes.length)).content(bytes);
    }

    /// The archive with its two blocks of zeros.
    public byte[] end() {
        return raw(new byte[1024]).bytes();
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
