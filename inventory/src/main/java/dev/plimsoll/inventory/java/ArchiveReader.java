package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.UnpackBudget;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads one archive of a layer and the archives in it, as a stream: nothing is held but what names packages. The
/// limits are shared by all that lie within
/// one file.
final class ArchiveReader {

    /// In archives, the outer one included.
    static final int MAX_DEPTH = 6;

    /// In entries of all archives of one file; the largest of real ones have some ten thousand.
    static final int MAX_ENTRIES = 500_000;

    /// In bytes of all archives of one file, unpacked; what lies deeper counts once at each depth.
    static final long MAX_UNPACKED = 8L << 30;

    /// Unpacked bytes to one byte of the file. Classes take about 2, text 20; a compressor's best is 1032.
    static final int MAX_RATIO = 200;

    /// In bytes; below it the ratio does not matter.
    static final long RATIO_COUNTS_FROM = 64L << 20;

    /// In bytes, of one manifest or properties file.
    static final int MAX_TEXT = 1 << 20;

    private final FactSink facts;
    private final ArchiveStream file;
    private final UnpackBudget budget;
    private int entries;
    private long unpacked;

    /// @param content of the outermost file
    /// @param budget shared with all archives of the image
    ArchiveReader(InputStream content, UnpackBudget budget, FactSink facts) {
        this.facts = facts;
        this.budget = budget;
        this.file = new ArchiveStream(content);
    }

    /// @param path of the file, for its name
    /// @throws IOException when the stream fails, not where the archive is broken
    void read(String path) throws IOException {
        try {
            read(path, "", file, 0);
        } finally {
            budget.spend(unpacked, file.count());
        }
    }

    /// @param place within the outermost file, empty for that file itself
    /// @return whether reading may go on: after a limit was hit it may not
    private boolean read(String path, String place, ArchiveStream source, int depth) throws IOException {
        if (depth == MAX_DEPTH) {
            facts.unknown(place, "archives nest deeper than " + MAX_DEPTH);
            return true;
        }
        var archive = new ArchiveContents(path, place);
        var goOn = true;
        try {
            if (source.skipToFirstEntry()) {
                goOn = entries(archive, place, source, depth);
            } else {
                facts.unknown(place, "not a zip archive");
            }
        } catch (IOException | IllegalArgumentException e) { // the latter for names that cannot be decoded
            if (source.failed()) {
                archive.finish("", facts); // the archive around this one is broken, or the layer
                throw e;
            }
            facts.unknown(place, "a broken archive: " + reason(e));
        } catch (UnpackedTooMuch e) {
            facts.unknown(place, e.limit + "; the rest was not read");
            goOn = false;
        }
        archive.finish(goOn ? source.digest() : "", facts);
        return goOn;
    }

    /// The library gives no words where the bytes end too early, and may give none elsewhere.
    private static String reason(Exception broken) {
        var words = broken.getMessage();
        if (words != null && !words.isBlank()) {
            return words;
        }
        return broken instanceof EOFException ? "it ends within an entry" : "an entry cannot be read";
    }

    private boolean entries(ArchiveContents archive, String place, ArchiveStream source, int depth) throws IOException {
        // A name that is not marked as UTF-8 may be in any encoding; Latin-1 refuses none.
        try (var zip = new ZipInputStream(source, StandardCharsets.ISO_8859_1)) {
            var own = 0;
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; own++) {
                if (++entries > MAX_ENTRIES) {
                    facts.unknown(place, "over " + MAX_ENTRIES + " entries; the rest was not read");
                    return false;
                }
                if (!entry(archive, entry.getName(), place, zip, depth)) {
                    return false;
                }
            }
            var problem = source.problemOfDirectory(own);
            if (!problem.isEmpty()) {
                facts.unknown(place, problem);
            }
            return true;
        }
    }

    private boolean entry(ArchiveContents archive, String name, String place, ZipInputStream zip, int depth)
            throws IOException {
        var counted = new Counted(zip);
        var within = place.isEmpty() ? name : place + "!/" + name;
        if (JavaArchiveAnalyzer.isArchive(name)) {
            if (!read(name, within, new ArchiveStream(counted), depth + 1)) {
                return false;
            }
            counted.skipAll(); // what was not read counts too
            return true;
        }
        switch (archive.wants(name)) {
            case NOTHING -> counted.skipAll();
            case MANIFEST, PROPERTIES, POM, NETTY -> {
                var text = counted.readNBytes(MAX_TEXT + 1);
                var problem = text.length > MAX_TEXT ? "over " + MAX_TEXT + " bytes" : archive.accept(name, text);
                if (!problem.isEmpty()) {
                    facts.unknown(within, problem);
                }
                counted.skipAll();
            }
        }
        return true;
    }

    /// Breaks off reading; caught within this class.
    private static final class UnpackedTooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String limit;

        UnpackedTooMuch(String limit) {
            super(limit, null, false, false);
            this.limit = limit;
        }
    }

    /// Counts what was unpacked, and does not pass on closing.
    private final class Counted extends FilterInputStream {

        private final byte[] nowhere = new byte[1 << 13];

        Counted(InputStream in) {
            super(in);
        }

        void skipAll() throws IOException {
            while (read(nowhere, 0, nowhere.length) >= 0) {
                // counted by read
            }
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            unpacked += read;
            if (unpacked > MAX_UNPACKED) {
                throw new UnpackedTooMuch("over " + MAX_UNPACKED + " bytes unpacked");
            }
            if (unpacked > RATIO_COUNTS_FROM && unpacked / MAX_RATIO > file.count()) {
                throw new UnpackedTooMuch("unpacks to over " + MAX_RATIO + " times its size");
            }
        }

        @Override
        public void close() {
            // the archive goes on behind the entry
        }
    }
}
