package dev.plimsoll.advisory.build;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Makes tar archives in bytes.
final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarBytes file(String path, String text) {
        return entry('0', path, text.getBytes(StandardCharsets.UTF_8));
    }

    TarBytes folder(String path) {
        return entry('5', path, new byte[0]);
    }

    TarBytes gnuLongName(String path, String text) {
        entry('L', "././@LongLink", (path + "\0").getBytes(StandardCharsets.UTF_8));
        return file(path.substring(0, 90), text);
    }

    TarBytes paxName(String path, String text) {
        var record = " path=" + path + "\n";
        var length = record.length() + 2;
        entry(
                'x',
                "PaxHeaders/x",
                ("12 a=b\n" + (length + String.valueOf(length).length() - 2) + record)
                        .getBytes(StandardCharsets.UTF_8));
        return file("short", text);
    }

    TarBytes prefixed(String prefix, String name, String text) {
        return entry('0', name, prefix, text.getBytes(StandardCharsets.UTF_8));
    }

    TarBytes entry(char type, String path, byte[] content) {
        return entry(type, path, "", content);
    }

    private TarBytes entry(char type, String name, String prefix, byte[] content) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(java.util.Locale.ROOT, "%011o\0", content.length));
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        put(header, 345, prefix);
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// Without the zeros at the end.
    byte[] unfinished() {
        return out.toByteArray();
    }

    byte[] tar() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(out.toByteArray());
        all.writeBytes(new byte[1024]);
        return all.toByteArray();
    }

    byte[] zstd() {
        return Zstd.compress(tar());
    }

    byte[] gzip() {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
