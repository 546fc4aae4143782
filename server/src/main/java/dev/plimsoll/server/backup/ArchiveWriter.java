package dev.plimsoll.server.backup;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Writes an archive: a tar (ustar) of parts, each compressed by zstd and cut into pieces, for a tar
/// wants to know the size of what comes and nobody does: `tables/image.000001.zst`,
/// `tables/image.000002.zst`, … Put together the pieces of a part are one zstd frame. Not safe for
/// several threads.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format"; RFC 8878.
final class ArchiveWriter implements AutoCloseable {

    static final String MANIFEST = "manifest.json";

    /// SHA-256 of the manifest in hex: what holds everything else must hold itself.
    static final String MANIFEST_DIGEST = "manifest.sha256";

    /// In bytes, of a piece.
    static final int PIECE = 4 << 20;

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;

    private final OutputStream out;
    private final long second;

    /// @param second since 1970, for the entries
    ArchiveWriter(OutputStream out, long second) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.second = second;
    }

    /// A part; it ends when the stream is closed, and the next may begin.
    OutputStream part(String name) throws IOException {
        return new ZstdOutputStream(new Pieces(name));
    }

    /// The last entries.
    void manifest(byte[] text) throws IOException {
        entry(MANIFEST, text, text.length);
        var digest = Archive.digest(text).getBytes(StandardCharsets.US_ASCII);
        entry(MANIFEST_DIGEST, digest, digest.length);
    }

    private final class Pieces extends OutputStream {

        private final String part;
        private final byte[] piece = new byte[PIECE];
        private int length;
        private int count;

        Pieces(String part) {
            this.part = part;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int size) throws IOException {
            var done = 0;
            while (done < size) {
                var step = Math.min(size - done, PIECE - length);
                System.arraycopy(bytes, offset + done, piece, length, step);
                done += step;
                length += step;
                if (length == PIECE) {
                    end();
                }
            }
        }

        private void end() throws IOException {
            count++;
            entry(String.format(Locale.ROOT, "%s.%06d.zst", part, count), piece, length);
            length = 0;
        }

        @Override
        public void close() throws IOException {
            if (length > 0) {
                end();
            }
        }
    }

    private void entry(String name, byte[] content, int length) throws IOException {
        var header = new byte[BLOCK];
        var encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > LONGEST_NAME) {
            throw new BackupException("the name '" + name + "' is too long for an archive");
        }
        System.arraycopy(encoded, 0, header, 0, encoded.length);
        octal(header, 100, 8, 0600);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, length);
        octal(header, 136, 12, second);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        var sum = 0;
        for (var b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
        out.write(content, 0, length);
        out.write(new byte[(BLOCK - length % BLOCK) % BLOCK]);
    }

    /// Digits and a zero byte.
    private static void octal(byte[] header, int offset, int width, long number) {
        var digits = String.format(Locale.ROOT, "%0" + (width - 1) + "o", number);
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, header, offset, width - 1);
        header[offset + width - 1] = 0;
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    /// Counts and digests what goes through.
    static final class Measured extends FilterOutputStream {

        private final java.security.MessageDigest sum = Archive.sha256();
        private long bytes;

        Measured(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] block, int offset, int length) throws IOException {
            out.write(block, offset, length);
            sum.update(block, offset, length);
            bytes += length;
        }

        long bytes() {
            return bytes;
        }

        String digest() {
            return java.util.HexFormat.of().formatHex(sum.digest());
        }
    }
}
