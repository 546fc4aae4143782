package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.ExportedSymbols;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/// Libraries of Java that GraalVM compiled into a program: it embeds a list of them, a CycloneDX document packed by
/// gzip, to which the exported symbol `sbom` leads; `sbom_length` leads to its size. Read of ELF files.
///
/// Source: GraalVM for JDK 25, Security Guide, "Software Bill of Materials (SBOM) in Native Image". Stateless: one
/// instance serves all threads.
public final class NativeImageAnalyzer implements ProgramAnalyzer {

    private static final String DOCUMENT = "sbom";
    private static final String LENGTH = "sbom_length";

    /// In bytes of the packed document.
    static final int MAX_PACKED = 16 << 20;

    /// In bytes of the document.
    static final int MAX_DOCUMENT = 64 << 20;

    /// In packages of the document.
    static final int MAX_PACKAGES = 50_000;

    private static final SbomLimits LIMITS =
            new SbomLimits(MAX_DOCUMENT, MAX_PACKAGES, SbomLimits.NESTING, SbomLimits.TEXT, 64L << 20);

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "graalvm-native-image", 1, "Java", WantedPaths.programs())
            .yields(PackageType.MAVEN)
            .gives("packages of every type that the embedded document names, with their licences; ELF files only")
            .limit("the packed document", MAX_PACKED, "bytes")
            .limit("the document", MAX_DOCUMENT, "bytes")
            .limit("the document", MAX_PACKAGES, "packages")
            .limit("names that a program exports", ExportedSymbols.MAX_NAMES, "bytes")
            .limit("names that a program exports", ExportedSymbols.MAX_SYMBOLS, "symbols")
            .source("GraalVM for JDK 25, Security Guide; CycloneDX 1.5")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var symbols = ExportedSymbols.of(file.program());
        var length = symbols.address(LENGTH);
        var document = length.isEmpty() ? OptionalLong.empty() : symbols.address(DOCUMENT);
        if (document.isEmpty()) {
            return;
        }
        var packed = packed(file.program(), document.getAsLong(), length.getAsLong());
        if (packed.isEmpty()) {
            facts.unknown(
                    "", "the list of libraries that GraalVM embeds is cut short, or over " + MAX_PACKED + " bytes");
            return;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(
                packed.get().array(), packed.get().arrayOffset(), packed.get().limit()))) {
            DocumentPackages.add(SbomReader.read(in, file.path(), LIMITS), Evidence.INSTALLED, facts);
        } catch (ImageException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            facts.unknown("", "the list of libraries that GraalVM embeds cannot be read: " + e.getMessage());
        }
    }

    private static Optional<ByteBuffer> packed(Program program, long document, long length) throws IOException {
        var size = program.loaded(length, Long.BYTES);
        if (size.remaining() < Long.BYTES || size.getLong(0) <= 0 || size.getLong(0) > MAX_PACKED) {
            return Optional.empty();
        }
        var bytes = program.loaded(document, (int) size.getLong(0));
        return bytes.remaining() < size.getLong(0) ? Optional.empty() : Optional.of(bytes);
    }
}
