package dev.plimsoll.cli.hostile;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.plimsoll.image.ImageBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs bytes in ways that unpack to much more than they are. Gzip and zstd both let whole members follow each other,
/// so that a bomb of any size is a small piece, repeated.
final class Packed {

    /// Of one piece of a bomb, unpacked.
    static final int PIECE = 16 << 20;

    private Packed() {}

    static byte[] gzip(byte[] bytes) {
        return ImageBytes.gzipped(bytes);
    }

    static byte[] zstd(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(out, 3)) {
            zstd.setChecksum(true);
            zstd.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /// Members that unpack to zeros.
    static byte[] gzipZeros(long bytes) {
        return repeated(gzipBest(new byte[PIECE]), Math.ceilDiv(bytes, PIECE));
    }

    static byte[] zstdZeros(long bytes) {
        return repeated(Zstd.compress(new byte[PIECE]), Math.ceilDiv(bytes, PIECE));
    }

    /// Members that unpack to almost nothing but zeros, with just enough else in them that they unpack to less than two
    /// hundred times their size.
    static byte[] gzipAlmostZeros(long bytes) {
        var piece = new byte[PIECE];
        var noise = new byte[75_000];
        new Random(4).nextBytes(noise);
        System.arraycopy(noise, 0, piece, 0, noise.length);
        return repeated(gzipBest(piece), Math.ceilDiv(bytes, PIECE));
    }

    private static byte[] gzipBest(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    static byte[] repeated(byte[] piece, long times) {
        var all = new byte[Math.toIntExact(piece.length * times)];
        for (var i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    static byte[] joined(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (var piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /// A zip of zeros in entries of a gigabyte at most, made of one piece of deflated data that is repeated: to deflate
    /// gigabytes takes minutes.
    ///
    /// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", sections 4.3.7, 4.3.12 and 4.3.16.
    static byte[] zipOfZeros(String name, long bytes) {
        var piece = deflatedZeros((int) Math.min(PIECE, bytes));
        var out = new ByteArrayOutputStream();
        var directory = new ByteArrayOutputStream();
        var entries = 0;
        for (var rest = bytes; rest > 0; entries++) {
            var size = Math.min(rest, 1L << 30);
            var pieces = Math.ceilDiv(size, Math.min(PIECE, bytes));
            var data = joined(repeated(piece, pieces), new byte[] {3, 0}); // and an empty last block
            var entry = (name + entries).getBytes(StandardCharsets.US_ASCII);
            var fields = ByteBuffer.allocate(26)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 20)
                    .putShort((short) 0)
                    .putShort((short) ZipEntry.DEFLATED)
                    .putInt(0)
                    .putInt((int) checksumOfZeros(size))
                    .putInt(data.length)
                    .putInt((int) size)
                    .putShort((short) entry.length)
                    .putShort((short) 0)
                    .array();
            directory.writeBytes(joined(
                    new byte[] {'P', 'K', 1, 2, 20, 0},
                    fields,
                    new byte[10],
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(out.size())
                            .array(),
                    entry));
            out.writeBytes(joined(new byte[] {'P', 'K', 3, 4}, fields, entry, data));
            rest -= size;
        }
        var end = ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt(out.size())
                .array();
        return joined(out.toByteArray(), directory.toByteArray(), end);
    }

    /// Deflated data that need nothing before them and are no end.
    private static byte[] deflatedZeros(int bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[bytes]);
        var out = new byte[bytes / 900 + 1000];
        var length = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static long checksumOfZeros(long bytes) {
        var checksum = new CRC32();
        var zeros = new byte[1 << 20];
        for (var rest = bytes; rest > 0; rest -= zeros.length) {
            checksum.update(zeros, 0, (int) Math.min(rest, zeros.length));
        }
        return checksum.getValue();
    }

    /// A zip that holds the same bytes under several names.
    static byte[] zip(byte[] content, String... names) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
