package dev.plimsoll.inventory.linux;

import com.github.luben.zstd.ZstdInputStream;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramContent;
import dev.plimsoll.inventory.xz.XzDecoder;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Modules of a kernel as {@link KernelModuleAnalyzer} reads them, packed as `make modules_install` packs them.
///
/// Source: Linux, `scripts/Makefile.modinst` (`CONFIG_MODULE_COMPRESS_GZIP`, `_XZ`, `_ZSTD`). Stateless: one instance
/// serves all threads.
public final class PackedKernelModuleAnalyzer implements Analyzer {

    /// In bytes of a file.
    static final int MAX_PACKED = 32 << 20;

    /// In bytes of a module, which is unpacked into memory; the largest of Linux take some thirty million.
    static final int MAX_UNPACKED = 64 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "linux-module-packed", 1, "Linux", WantedPaths.of("**/*.ko.{gz,xz,zst}"))
            .yields(PackageType.GENERIC)
            .gives("modules from outside the kernel's source, with licences")
            .limit("a packed module", MAX_PACKED, "bytes")
            .limit("an unpacked module", MAX_UNPACKED, "bytes")
            .limit("information of a module", ModuleInformation.MAX_INFO, "bytes")
            .source("Linux, include/linux/module.h, scripts/mod/modpost.c, scripts/Makefile.modinst")
            .proof("Debian's modules, packed by gzip, xz and zstd");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var packed = file.bytes(MAX_PACKED, "a packed module", facts);
        if (packed.isEmpty()) {
            return;
        }
        byte[] bytes;
        try {
            bytes = unpacked(file.path(), packed.get());
        } catch (IOException e) {
            facts.unknown("", "the packed module cannot be read: " + e.getMessage());
            return;
        }
        file.budget().spend(bytes.length, packed.get().length);
        Optional<Program> program = Program.of(ProgramContent.of(bytes, bytes.length));
        if (program.isEmpty()) {
            facts.unknown("", "the packed module holds no program");
            return;
        }
        ModuleInformation.of(program.get())
                .flatMap(information ->
                        information.found(file.path().substring(file.path().lastIndexOf('/') + 1)))
                .ifPresent(facts::add);
    }

    /// @param path tells by what it was packed
    static byte[] unpacked(String path, byte[] packed) throws IOException {
        if (path.endsWith(".xz")) {
            return XzDecoder.unpack(packed, MAX_UNPACKED);
        }
        try (InputStream in = path.endsWith(".zst")
                ? new ZstdInputStream(new ByteArrayInputStream(packed))
                : new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var bytes = in.readNBytes(MAX_UNPACKED);
            if (bytes.length == MAX_UNPACKED && in.read() >= 0) {
                throw new IOException("it unpacks to over " + MAX_UNPACKED + " bytes");
            }
            return bytes;
        }
    }
}
