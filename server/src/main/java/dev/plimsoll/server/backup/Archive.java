package dev.plimsoll.server.backup;

import com.github.luben.zstd.ZstdInputStream;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.tar.FileTarInput;
import dev.plimsoll.image.tar.TarHeader;
import dev.plimsoll.image.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an archive that {@link ArchiveWriter} wrote, part by part, in bounded memory.
///
/// @param file where it lies
record Archive(Path file) {

    static final String TABLES = "tables/";
    static final String OBJECTS = "objects/";

    private static final Pattern PIECE = Pattern.compile("((?:tables|objects)/[a-z0-9_]{1,70})\\.([0-9]{6})\\.zst");
    /// In bytes, of the manifest.
    private static final int LONGEST_MANIFEST = 4 << 20;

    /// Takes a part; what it does not read is passed over.
    @FunctionalInterface
    interface Taker {

        /// @param name `tables/image`, `objects/…`
        void take(String name, InputStream content) throws IOException;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /// Reads all of it and holds everything against the digests.
    ///
    /// @throws BackupException that names what is wrong
    Manifest verify() throws IOException {
        Map<String, Manifest.Table> found = new HashMap<>();
        var objects = new Object() {
            private final MessageDigest sum = sha256();
            private long count;
            private long bytes;
        };
        var manifest = read((name, content) -> {
            var sum = sha256();
            var size = new DigestInputStream(content, sum).transferTo(java.io.OutputStream.nullOutputStream());
            var digest = HexFormat.of().formatHex(sum.digest());
            if (name.startsWith(OBJECTS)) {
                if (!name.equals(OBJECTS + digest)) {
                    throw damaged(
                            "the object " + name.substring(OBJECTS.length()) + " holds something else than it did");
                }
                objects.sum.update((digest + "\n").getBytes(StandardCharsets.US_ASCII));
                objects.count++;
                objects.bytes += size;
            } else {
                var table = name.substring(TABLES.length());
                found.put(table, new Manifest.Table(table, java.util.List.of(), 0, size, digest));
            }
        });
        for (var table : manifest.tables()) {
            var there = found.remove(table.name());
            if (there == null) {
                throw damaged("the table " + table.name() + " is missing");
            }
            if (there.bytes() != table.bytes() || !there.digest().equals(table.digest())) {
                throw damaged("the table " + table.name() + " is not what was written");
            }
        }
        if (!found.isEmpty()) {
            throw damaged("the table " + found.keySet().iterator().next() + " is not in its manifest");
        }
        var digest = HexFormat.of().formatHex(objects.sum.digest());
        if (!manifest.objects().equals(new Manifest.Objects(objects.count, objects.bytes, digest))) {
            throw damaged("of the objects " + objects.count + " are there and "
                    + manifest.objects().count() + " should be," + " or they are others");
        }
        return manifest;
    }

    /// Hands out each part in the order of the archive.
    ///
    /// @return the manifest, which was not held against anything yet
    Manifest read(Taker taker) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var pieces = new Pieces(new TarReader(new FileTarInput(channel), file.toString(), _ -> {}));
            for (var part = pieces.nextPart(); part != null; part = pieces.nextPart()) {
                if (part.equals(ArchiveWriter.MANIFEST)) {
                    return manifest(pieces.tar);
                }
                // not closed: the last piece belongs to the tar
                var content = new ZstdInputStream(new BufferedInputStream(pieces, 1 << 16));
                take(taker, part, content);
                pieces.passOver();
            }
            throw damaged("its end is missing: it was cut, or its writing was broken off");
        } catch (ImageException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new BackupException("there is no backup " + file, e);
        }
    }

    private Manifest manifest(TarReader tar) throws IOException {
        var text = tar.content().readNBytes(LONGEST_MANIFEST);
        var header = tar.next();
        if (header == null
                || !ArchiveWriter.MANIFEST_DIGEST.equals(new String(header.name(), StandardCharsets.UTF_8))
                || !new String(tar.content().readNBytes(100), StandardCharsets.US_ASCII).equals(digest(text))) {
            throw damaged("its manifest is not what was written");
        }
        if (tar.next() != null || !tar.isAtEndMarker()) {
            throw damaged("it does not end after its manifest");
        }
        try {
            return Manifest.read(text);
        } catch (BackupException e) {
            throw new BackupException("the backup " + file + " cannot be restored: " + e.getMessage(), e);
        }
    }

    private void take(Taker taker, String part, InputStream content) throws IOException {
        try {
            taker.take(part, content);
        } catch (com.github.luben.zstd.ZstdIOException e) {
            throw damaged("the part " + part + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    BackupException damaged(String what) {
        return new BackupException("the backup " + file + " is damaged: " + what + "; nothing was restored from it");
    }

    private BackupException damaged(String what, Throwable cause) {
        return new BackupException(
                "the backup " + file + " is damaged: " + what + "; nothing was restored from it", cause);
    }

    /// The pieces of one part after the other as one stream.
    private final class Pieces extends InputStream {

        private final TarReader tar;
        /// The entry that comes next and belongs to another part.
        private @Nullable String ahead;

        private String part = "";
        private int number;
        private boolean ended = true;

        Pieces(TarReader tar) {
            this.tar = tar;
        }

        /// @return the name of the next part, its first piece open; null at the end
        @Nullable
        String nextPart() throws IOException {
            var name = ahead == null ? nextName() : ahead;
            ahead = null;
            if (name == null || name.equals(ArchiveWriter.MANIFEST)) {
                return name;
            }
            var piece = PIECE.matcher(name);
            if (!piece.matches() || !piece.group(2).equals("000001")) {
                throw damaged("it has a part '" + name + "' that has no place there");
            }
            part = piece.group(1);
            number = 1;
            ended = false;
            return part;
        }

        private @Nullable String nextName() throws IOException {
            var header = tar.next();
            if (header == null) {
                return null;
            }
            if (header.type() != TarHeader.FILE) {
                throw damaged("it holds something else than files");
            }
            return new String(header.name(), StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (!ended) {
                var count = tar.content().read(bytes, offset, length);
                if (count >= 0) {
                    return count;
                }
                ahead = nextName();
                if (String.format(Locale.ROOT, "%s.%06d.zst", part, number + 1).equals(ahead)) {
                    number++;
                } else {
                    ended = true;
                }
            }
            return -1;
        }

        void passOver() throws IOException {
            while (!ended) {
                skip(Long.MAX_VALUE);
                if (read() < 0) {
                    return;
                }
            }
        }
    }
}
