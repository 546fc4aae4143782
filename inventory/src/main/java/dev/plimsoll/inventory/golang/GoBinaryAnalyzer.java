package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.Found;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NeedsMore;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NotThere;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Modules that a Go program was built from, as the linker wrote them into it; stripping leaves them.
///
/// Source: Go, package `debug/buildinfo` (layout of the blob), package `runtime/debug` (`BuildInfo`). Read are programs
/// of Go 1.18 and later, whose
/// texts stand behind the blob's header; of older ones it is said that they are not read. Stateless: one instance
/// serves all threads.
public final class GoBinaryAnalyzer implements Analyzer {

    /// `\xff Go buildinf:`
    private static final byte[] MAGIC = {(byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'};

    private static final int ALIGNMENT = 16;
    /// In bytes, a multiple of the alignment.
    private static final int ROOM = (BuildInformation.MAX_START + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    private static final int FLAGS = 15;
    private static final int INLINE = 2;

    /// In bytes; no linked Go program is smaller.
    static final int LEAST_PROGRAM = 100_000;

    /// In bytes, of the blob with its texts; a thousand modules take about a hundred thousand.
    static final int MAX_BLOB = 1 << 20;

    static final int WINDOW = 1 << 16;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "go-binary",
                    2,
                    "Go",
                    WantedPaths.programs().when((_, _, size) -> size >= LEAST_PROGRAM, "at least 100,000 bytes"))
            .yields(PackageType.GOLANG)
            .gives("modules with replacements, the toolchain as stdlib")
            .limit("build information", MAX_BLOB, "bytes")
            .source("Go, packages debug/buildinfo and runtime/debug")
            .proof("go version -m");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var content = file.content();
        var window = new byte[WINDOW];
        var filled = content.readNBytes(window, 0, WINDOW);
        if (!isProgram(window, filled)) {
            return;
        }
        while (filled > 0) {
            // All but the last window must leave room behind a header for what tells whether it is one.
            var last = filled < WINDOW;
            var end = last ? filled - BuildInformation.HEADER : WINDOW - ROOM;
            for (int at = 0; at <= end; at += ALIGNMENT) {
                if (window[at] == MAGIC[0]
                        && Arrays.equals(window, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)
                        && header(window, at, filled, content, facts)) {
                    return;
                }
            }
            if (last) {
                return;
            }
            var next = end + ALIGNMENT;
            System.arraycopy(window, next, window, 0, WINDOW - next);
            filled = WINDOW - next + content.readNBytes(window, WINDOW - next, next);
        }
    }

    /// @return whether this was a header and not a text that looks like one; other programs, debuggers among them, hold
    /// the mark too
    private static boolean header(byte[] window, int at, int filled, InputStream rest, FactSink facts)
            throws IOException {
        if ((window[at + FLAGS] & INLINE) == 0) {
            var pointerSize = window[at + MAGIC.length];
            var header = pointerSize == 4 || pointerSize == 8;
            if (header) {
                facts.unknown("", "built by a Go older than 1.18, whose list of modules is not read here");
            }
            return header;
        }
        var known = Arrays.copyOfRange(window, at, filled);
        var reading = BuildInformation.read(known);
        if (reading instanceof NeedsMore(var length) && length > known.length && length <= MAX_BLOB) {
            var whole = Arrays.copyOf(known, (int) length);
            var more = rest.readNBytes(whole, known.length, whole.length - known.length);
            reading = BuildInformation.read(more == whole.length - known.length ? whole : known);
        }
        return switch (reading) {
            case Found(var information) -> {
                information.packages().forEach(facts::add);
                yield true;
            }
            case NeedsMore(var length) -> {
                facts.unknown(
                        "",
                        length > MAX_BLOB
                                ? "Go build information over " + MAX_BLOB + " bytes"
                                : "Go build information is cut short");
                yield true;
            }
            case NotThere _ -> false;
        };
    }

    /// ELF, PE or Mach-O, by the first bytes.
    private static boolean isProgram(byte[] window, int filled) {
        if (filled < BuildInformation.HEADER) {
            return false;
        }
        var first = (window[0] & 0xff) << 24 | (window[1] & 0xff) << 16 | (window[2] & 0xff) << 8 | (window[3] & 0xff);
        return first == 0x7f454c46
                || first >>> 16 == 0x4d5a
                || first == 0xfeedface
                || first == 0xfeedfacf
                || first == 0xcefaedfe
                || first == 0xcffaedfe
                || first == 0xcafebabe;
    }
}
