package dev.plimsoll.inventory.python;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Eggs that were installed as one zip archive, from which Python imports as it stands.
///
/// Source: setuptools, "The Internal Structure of Python Eggs", `EGG-INFO/PKG-INFO`. Stateless: one instance serves all
/// threads.
public final class EggAnalyzer implements Analyzer {

    private static final String METADATA = "EGG-INFO/PKG-INFO";

    /// In entries up to the metadata.
    static final int MAX_ENTRIES = 100_000;

    /// In bytes up to the metadata, unpacked.
    static final long MAX_UNPACKED = 1L << 30;

    /// In bytes.
    static final int MAX_METADATA = 4 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-egg", 1, "Python", WantedPaths.of("**/*.egg"))
            .yields(PackageType.PYPI)
            .gives("licences, dependencies")
            .limit("an archive", MAX_ENTRIES, "entries")
            .limit("an archive", MAX_UNPACKED, "bytes unpacked")
            .limit("its metadata", MAX_METADATA, "bytes")
            .source("setuptools, The Internal Structure of Python Eggs")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var packed = new Counted(file.content());
        var unpacked = new Counted(InputStream.nullInputStream());
        try (var zip = new ZipInputStream(packed, StandardCharsets.ISO_8859_1)) {
            unpacked = new Counted(zip);
            if (!read(zip, unpacked, facts)) {
                facts.unknown("", "an egg without " + METADATA);
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            if (packed.failed) {
                throw e;
            }
            facts.unknown("", "a broken archive: " + e.getMessage());
        } finally {
            file.budget().spend(unpacked.count, packed.count);
        }
    }

    /// @return whether it said what it is, or what is wrong
    private static boolean read(ZipInputStream zip, Counted unpacked, FactSink facts) throws IOException {
        var nowhere = new byte[1 << 13];
        var entry = zip.getNextEntry();
        for (int entries = 0; entry != null; entries++, entry = zip.getNextEntry()) {
            if (entries == MAX_ENTRIES) {
                facts.unknown("", "over " + MAX_ENTRIES + " entries; the rest was not read");
                return true;
            }
            if (entry.getName().equals(METADATA)) {
                var text = unpacked.readNBytes(MAX_METADATA + 1);
                if (text.length > MAX_METADATA) {
                    facts.unknown(METADATA, "over " + MAX_METADATA + " bytes");
                } else {
                    CoreMetadata.read(new ByteArrayInputStream(text), "", METADATA, facts);
                }
                return true;
            }
            while (unpacked.read(nowhere, 0, nowhere.length) >= 0) {
                if (unpacked.count > MAX_UNPACKED) {
                    facts.unknown("", "over " + MAX_UNPACKED + " bytes unpacked; the rest was not read");
                    return true;
                }
            }
        }
        return false;
    }

    /// Counts what is read, and knows whether the stream beneath failed.
    private static final class Counted extends BulkInputStream {

        private final InputStream in;
        private long count;
        private boolean failed;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                var read = in.read(bytes, offset, length);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public void close() {
            // the stream beneath is its owner's
        }
    }
}
