package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.FactSink;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Reads one archive of a layer and the archives in it, as a stream: nothing is held but what names packages. The limits are shared by all that lie within one file.
final class ArchiveReader {

    /// In archives, the outer one included.
    static final int MAX_DEPTH = 6;

    /// In entries of all archives of one file.
    static final int MAX_ENTRIES = 1_000_000;

    /// In bytes of all archives of one file, unpacked.
    static final long MAX_UNPACKED = 8L << 30;

    /// In bytes, of one manifest or properties file.
    static final int MAX_TEXT = 1 << 20;

    private final FactSink facts;
    private int entries;
    private long unpacked;

    ArchiveReader(FactSink facts) {
        this.facts = facts;
    }

    /// @param path of the archive, for its name
    /// @param place within the outermost file, empty for that file itself
    /// @return whether reading may go on: after a limit was hit it may not
    boolean read(String path, String place, InputStream content, int depth) throws IOException {
        if (depth == MAX_DEPTH) {
            facts.unknown(place, "archives nest deeper than " + MAX_DEPTH);
            return true;
        }
        var source = new Guarded(content);
        var archive = new ArchiveContents(path, place);
        var goOn = true;
        var first = true;
        try {
            var zip = new ZipInputStream(new BufferedInputStream(source, 1 << 15));
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; first = false) {
                if (++entries > MAX_ENTRIES) {
                    facts.unknown(place, "over " + MAX_ENTRIES + " entries; the rest was not read");
                    goOn = false;
                    break;
                }
                if (!entry(archive, entry.getName(), place, zip, depth)) {
                    goOn = false;
                    break;
                }
            }
            if (first && entries == 0) {
                facts.unknown(place, "not a zip archive");
            }
        } catch (ZipException | IllegalArgumentException e) {
            // Bad names are IllegalArgumentException, all else that is broken is ZipException.
            facts.unknown(place, "a broken archive: " + e.getMessage());
        } catch (IOException e) {
            if (source.failed) {
                throw e;
            }
            facts.unknown(place, "a broken archive: " + e.getMessage());
        } catch (UnpackedTooMuch e) {
            facts.unknown(place, "over " + MAX_UNPACKED + " bytes unpacked; the rest was not read");
            goOn = false;
        }
        archive.finish(facts);
        return goOn;
    }

    private boolean entry(ArchiveContents archive, String name, String place, ZipInputStream zip, int depth) throws IOException {
        var counted = new Counted(zip);
        if (JavaArchiveAnalyzer.isArchive(name)) {
            return read(name, place.isEmpty() ? name : place + "!/" + name, counted, depth + 1);
        }
        switch (archive.wants(name)) {
            case NOTHING -> counted.skipAll();
            case MANIFEST, PROPERTIES, POM -> {
                var text = counted.readNBytes(MAX_TEXT);
                if (text.length == MAX_TEXT) {
                    facts.unknown(place.isEmpty() ? name : place + "!/" + name, "over " + MAX_TEXT + " bytes");
                    counted.skipAll();
                } else {
                    archive.accept(name, text);
                }
            }
        }
        return true;
    }

    /// Breaks off reading; caught within this class.
    private static final class UnpackedTooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnpackedTooMuch() {
            super("", null, false, false);
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
                throw new UnpackedTooMuch();
            }
        }

        @Override
        public void close() {
            // the archive goes on behind the entry
        }
    }

    /// Tells a failure of the stream beneath from a broken archive.
    private static final class Guarded extends FilterInputStream {

        private boolean failed;

        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public void close() {
            // not ours
        }
    }
}
