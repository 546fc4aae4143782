package dev.plimsoll.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes ustar archives with fixed times and owners, so that the same content gives the same bytes.
///
/// Source: POSIX.1-2017, pax, section "ustar Interchange Format".
final class TestTar {

    private static final int BLOCK = 512;
    private static final long MODIFIED_SECONDS = 1_700_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TestTar file(String path, int mode, byte[] content) {
        header(path, mode, content.length, '0', "");
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    TestTar file(String path, String content) {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    /// A file of a few bytes that says it is larger: the rest is a hole (GNU's sparse format 0.1).
    TestTar sparseFile(String path, int mode, long size, String start) {
        var records = record("GNU.sparse.name", path)
                + record("GNU.sparse.size", String.valueOf(size))
                + record("GNU.sparse.map", "0," + start.length());
        header("records", 0644, records.length(), 'x', "");
        content(records);
        header("made-up", mode, start.length(), '0', "");
        content(start);
        return this;
    }

    private static String record(String key, String value) {
        var rest = " " + key + "=" + value + "\n";
        var length = rest.length() + 2; // of records between 10 and 99 characters
        return length + rest;
    }

    private void content(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(bytes);
        out.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
    }

    TestTar directory(String path) {
        header(path + "/", 0755, 0, '5', "");
        return this;
    }

    TestTar symbolicLink(String path, String target) {
        header(path, 0777, 0, '2', target);
        return this;
    }

    TestTar hardLink(String path, String target) {
        header(path, 0644, 0, '1', target);
        return this;
    }

    /// The archive with its two closing blocks.
    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private void header(String path, int mode, long size, char type, String link) {
        var block = new byte[BLOCK];
        text(block, 0, 100, path);
        text(block, 100, 8, String.format(Locale.ROOT, "%07o", mode));
        text(block, 108, 8, "0000000");
        text(block, 116, 8, "0000000");
        text(block, 124, 12, String.format(Locale.ROOT, "%011o", size));
        text(block, 136, 12, String.format(Locale.ROOT, "%011o", MODIFIED_SECONDS));
        text(block, 148, 8, "        ");
        block[156] = (byte) type;
        text(block, 157, 100, link);
        text(block, 257, 8, "ustar\00000");
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        text(block, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.writeBytes(block);
    }

    private static void text(byte[] block, int at, int room, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > room) {
            throw new IllegalArgumentException("too long for ustar: " + text);
        }
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
