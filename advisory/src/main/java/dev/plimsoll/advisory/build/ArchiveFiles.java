package dev.plimsoll.advisory.build;

import com.github.luben.zstd.ZstdInputStream;
import dev.plimsoll.advisory.feed.FeedFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// A feed as an archive: `.tar`, `.tar.gz` or `.tar.zst` with one folder at its root, whose name is taken off the
/// paths.
///
/// Source of the format: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar, "Basic Tar
/// Format" for long names.
///
/// @param maxFile in bytes, of one file of the feed
/// @param maxTotal in bytes, of the unpacked archive
record ArchiveFiles(Path archive, int maxFile, long maxTotal) implements FeedFiles {

    /// In bytes, of one file of a feed.
    static final int MAX_FILE = 128 << 20;

    /// In bytes, of an unpacked archive; the largest real one has under 200 MB.
    static final long MAX_TOTAL = 16L << 30;

    private static final int BLOCK = 512;
    private static final int MAX_NAME = 1 << 16;

    static ArchiveFiles of(Path archive) {
        return new ArchiveFiles(archive, MAX_FILE, MAX_TOTAL);
    }

    @Override
    public void forEach(Predicate<String> wanted, Reader reader) throws IOException {
        try (var in = opened()) {
            var header = new byte[BLOCK];
            var longName = "";
            long total = 0;
            while (true) {
                readBlock(in, header);
                if (isZero(header)) {
                    return;
                }
                var size = octal(header, 124, 12);
                total += BLOCK + size;
                if (total > maxTotal) {
                    throw new IOException("it unpacks to over " + maxTotal + " bytes");
                }
                var type = header[156];
                if (type == 'x' || type == 'L') {
                    var content = content(in, size, MAX_NAME);
                    longName = type == 'L' ? name(content, 0, content.length) : paxPath(content, longName);
                    continue;
                }
                var prefix = name(header, 345, 155);
                var plain = name(header, 0, 100);
                var path = longName.isEmpty() ? (prefix.isEmpty() ? plain : prefix + "/" + plain) : longName;
                longName = "";
                var slash = path.startsWith("./") ? path.indexOf('/', 2) : path.indexOf('/');
                var inside = path.substring(slash + 1);
                if ((type == '0' || type == 0) && slash >= 0 && wanted.test(inside)) {
                    reader.file(inside, content(in, size, maxFile));
                } else {
                    in.skipNBytes(size + padding(size));
                }
            }
        }
    }

    private InputStream opened() throws IOException {
        var raw = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        var name = archive.getFileName().toString();
        try {
            if (name.endsWith(".zst")) {
                return new BufferedInputStream(new ZstdInputStream(raw), 1 << 16);
            }
            return name.endsWith(".gz") || name.endsWith(".tgz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// An archive ends with a block of zeros; one that just stops was cut off.
    private static void readBlock(InputStream in, byte[] block) throws IOException {
        if (in.readNBytes(block, 0, BLOCK) < BLOCK) {
            throw new EOFException("it ends before its end: take the archive anew");
        }
    }

    private static byte[] content(InputStream in, long size, int most) throws IOException {
        if (size > most) {
            throw new IOException("it holds a file of " + size + " bytes; the limit is " + most);
        }
        var content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("it ends within a file: take the archive anew");
        }
        in.skipNBytes(padding(size));
        return content;
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static boolean isZero(byte[] block) {
        for (var b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] block, int from, int most) {
        var end = from;
        while (end < Math.min(block.length, from + most) && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] block, int from, int length) throws IOException {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            var c = block[i];
            if (c >= '0' && c <= '7') {
                value = value << 3 | (c - '0');
            } else if (c != ' ' && c != 0) {
                throw new IOException("it is no tar archive, or damaged");
            }
        }
        return value;
    }

    /// The `path` record of an extended header: `length path=value\n`.
    private static String paxPath(byte[] content, String before) {
        var text = new String(content, StandardCharsets.UTF_8);
        for (var line : text.split("\n", -1)) {
            var at = line.indexOf(" path=");
            if (at > 0) {
                return line.substring(at + " path=".length());
            }
        }
        return before;
    }
}
