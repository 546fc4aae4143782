package dev.plimsoll.inventory.archives;

import com.github.luben.zstd.ZstdInputStream;
import dev.plimsoll.image.tar.TarReader;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DeclaringSink;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.xz.XzDecoder;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Debian packages that lie about as files: the control file in each. They are not installed.
///
/// Source: deb(5): an archive of ar with `debian-binary`, `control.tar` (plain or packed by gzip, xz, zstd),
/// `data.tar`.
/// Stateless: one instance serves all threads.
public final class DebianPackageAnalyzer implements Analyzer {

    /// In bytes, packed and unpacked; lists of files and scripts run to some megabytes.
    static final int MAX_CONTROL = 32 << 20;

    /// In bytes, of the control file itself.
    static final int MAX_FILE = 1 << 20;

    /// In members of the archive before the control file.
    private static final int MAX_MEMBERS = 10;

    private static final int HEADER = 60;
    private static final int SIZE_AT = 48;
    private static final int SIZE_LENGTH = 10;
    private static final int NAME_LENGTH = 16;
    private static final String MAGIC = "!<arch>\n";
    private static final String CONTROL = "control.tar";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "deb-archive", 1, "Debian", WantedPaths.of("**/*.{deb,udeb,ipk}"))
            .declared()
            .yields(PackageType.DEB)
            .gives("source package, architecture")
            .limit("control.tar", MAX_CONTROL, "bytes")
            .limit("a control file", MAX_FILE, "bytes")
            .source("deb(5)")
            .proof("dpkg-deb --build");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var in = file.content();
        if (!text(in.readNBytes(MAGIC.length())).equals(MAGIC)) {
            return; // opkg packs some of its own as tar.gz
        }
        for (int i = 0; i < MAX_MEMBERS; i++) {
            var header = in.readNBytes(HEADER);
            if (header.length < HEADER) {
                break;
            }
            var name = text(Arrays.copyOf(header, NAME_LENGTH)).strip();
            var size = size(text(Arrays.copyOfRange(header, SIZE_AT, SIZE_AT + SIZE_LENGTH))
                    .strip());
            if (size < 0) {
                facts.unknown("", "a member without a size");
                return;
            }
            if (name.startsWith(CONTROL)) {
                if (size > MAX_CONTROL) {
                    facts.unknown(name, "it is over " + MAX_CONTROL + " bytes");
                } else {
                    control(
                            name.endsWith("/") ? name.substring(0, name.length() - 1) : name,
                            in.readNBytes((int) size),
                            facts);
                }
                return;
            }
            if (in.skip(size + (size & 1)) < size) {
                break;
            }
        }
        facts.unknown("", "a package without " + CONTROL);
    }

    private static void control(String name, byte[] packed, FactSink facts) {
        try {
            var reader = new TarReader(new ControlArchive(unpacked(name, packed), MAX_CONTROL), name, _ -> {});
            for (var entry = reader.next(); entry != null; entry = reader.next()) {
                var path = text(entry.name());
                if (path.equals("./control") || path.equals("control")) {
                    var content = reader.content().readNBytes(MAX_FILE);
                    // a file of the kind that images without dpkg have, one a package
                    new DpkgStatusAnalyzer()
                            .analyze(
                                    new LayerFile(
                                            "var/lib/dpkg/status.d/control",
                                            0644,
                                            content.length,
                                            new ByteArrayInputStream(content)),
                                    new DeclaringSink(facts, name));
                    return;
                }
            }
            facts.unknown(name, "it has no control file");
        } catch (IOException e) {
            facts.unknown(name, "it cannot be unpacked: " + e.getMessage());
        }
    }

    private static InputStream unpacked(String name, byte[] bytes) throws IOException {
        var packed = new ByteArrayInputStream(bytes);
        return switch (name.substring(CONTROL.length())) {
            case "" -> packed;
            case ".gz" -> new GZIPInputStream(packed);
            case ".xz" -> new ByteArrayInputStream(XzDecoder.unpack(bytes, MAX_CONTROL));
            case ".zst" -> new ZstdInputStream(packed);
            default -> throw new IOException("its packing is not read");
        };
    }

    private static long size(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
