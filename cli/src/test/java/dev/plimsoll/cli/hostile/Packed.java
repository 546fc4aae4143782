package dev.plimsoll.cli.hostile;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.plimsoll.image.ImageBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
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

    /// Members that unpack to almost nothing but zeros, with just enough else in them that they unpack to less than a
    /// thousand times their size.
    static byte[] gzipAlmostZeros(long bytes) {
        var piece = new byte[PIECE];
        var noise = new byte[1500];
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

    /// A zip with one entry of zeros.
    static byte[] zipOfZeros(String name, long bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry(name));
            var zeros = new byte[1 << 20];
            for (var written = 0L; written < bytes; written += zeros.length) {
                zip.write(zeros);
            }
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
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
