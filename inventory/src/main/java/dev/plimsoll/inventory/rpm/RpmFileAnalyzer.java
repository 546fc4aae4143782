package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DeclaringSink;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Packages of rpm that lie about as files: the header of each. They are not installed.
///
/// Source: rpm's manual, "RPM V4 Package format": the lead of 96 bytes, the signature's header padded to eight bytes,
/// the header; each header begins with eight bytes of magic. Stateless: one instance serves all threads.
public final class RpmFileAnalyzer implements Analyzer {

    private static final int LEAD = 96;
    private static final int LEAD_MAGIC = 0xedabeedb;
    private static final int HEADER_MAGIC = 0x8eade801;
    private static final int INTRODUCTION = 16;
    private static final int ENTRY = 16;

    /// In bytes of the signature's header.
    static final int MAX_SIGNATURE = 4 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rpm-archive", 1, "rpm", WantedPaths.of("**/*.rpm"))
            .declared()
            .yields(PackageType.RPM)
            .gives("source package, architecture, modularity, licences")
            .limit("a signature", MAX_SIGNATURE, "bytes")
            .limit("a header", RpmHeader.MAX_BYTES, "bytes")
            .source("rpm's manual, RPM V4 Package format")
            .proof("rpmbuild, rpm -qp");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var in = file.content();
        var lead = in.readNBytes(LEAD);
        if (lead.length < LEAD || ByteBuffer.wrap(lead).getInt() != LEAD_MAGIC) {
            return; // something else of that ending
        }
        try {
            var signature = header(in, MAX_SIGNATURE);
            in.readNBytes((8 - signature.length % 8) % 8);
            new HeaderCollector(new DeclaringSink(facts, "")).accept("", header(in, RpmHeader.MAX_BYTES));
        } catch (DamagedHeaderException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    /// Without its eight bytes of magic, as databases keep it.
    private static byte[] header(InputStream in, int most) throws IOException, DamagedHeaderException {
        var introduction = in.readNBytes(INTRODUCTION);
        if (introduction.length < INTRODUCTION || ByteBuffer.wrap(introduction).getInt() != HEADER_MAGIC) {
            throw new DamagedHeaderException("a header is missing");
        }
        var numbers = ByteBuffer.wrap(introduction);
        var entries = Integer.toUnsignedLong(numbers.getInt(8));
        var bytes = Integer.toUnsignedLong(numbers.getInt(12));
        var length = entries * ENTRY + bytes;
        if (length > most) {
            throw new DamagedHeaderException("a header is over " + most + " bytes");
        }
        var rest = in.readNBytes((int) length);
        if (rest.length < length) {
            throw new DamagedHeaderException("the file ends within a header");
        }
        return ByteBuffer.allocate(8 + rest.length)
                .put(introduction, 8, 8)
                .put(rest)
                .array();
    }
}
