package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Modules that a Go program was built from, as the linker wrote them into it; stripping leaves them.
///
/// Source: Go, package `debug/buildinfo` (layout of the blob), package `runtime/debug` (`BuildInfo`). Read are programs of Go 1.18 and later, whose
/// texts stand behind the blob's header; of older ones it is said that they are not read. Stateless: one instance serves all threads.
public final class GoBinaryAnalyzer implements Analyzer {

    private static final AnalyzerId ID = new AnalyzerId("go-binary", 1);

    /// `\xff Go buildinf:`
    private static final byte[] MAGIC = {
        (byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'
    };

    private static final int ALIGNMENT = 16;
    private static final int HEADER = 32;
    private static final int FLAGS = 15;
    private static final int INLINE = 2;

    /// In bytes; no linked Go program is smaller.
    static final int LEAST_PROGRAM = 100_000;

    /// In bytes, of the blob with its texts; the largest known lists of modules take some hundred thousand.
    static final int MAX_BLOB = 16 << 20;

    private static final int WINDOW = 1 << 16;
    private static final int ANY_EXECUTE = 0111;

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public WantedPaths wanted() {
        return (path, mode, size) ->
                size >= LEAST_PROGRAM && ((mode & ANY_EXECUTE) != 0 || path.endsWith(".exe")) && !path.endsWith(".py");
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var content = file.content();
        var window = new byte[WINDOW];
        var filled = content.readNBytes(window, 0, WINDOW);
        if (!isProgram(window, filled)) {
            return;
        }
        while (filled >= HEADER) {
            for (int at = 0; at + MAGIC.length + 2 <= filled; at += ALIGNMENT) {
                if (window[at] == MAGIC[0] && Arrays.equals(window, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                    if ((window[at + FLAGS] & INLINE) == 0) {
                        // Other programs, debuggers among them, hold the mark as a text; only a pointer size makes it a header.
                        if (window[at + MAGIC.length] == 4 || window[at + MAGIC.length] == 8) {
                            facts.unknown("", "built by a Go older than 1.18, whose list of modules is not read here");
                            return;
                        }
                    } else if (blob(window, at, filled, content, facts)) {
                        return;
                    }
                }
            }
            filled = content.readNBytes(window, 0, WINDOW);
        }
    }

    /// Reads on from the header; the search cannot go on behind, so what is no blob ends it too.
    private static boolean blob(byte[] window, int at, int filled, InputStream rest, FactSink facts) throws IOException {
        var known = Arrays.copyOfRange(window, at, filled);
        var parsed = BuildInformation.read(known, false);
        if (parsed instanceof BuildInformation.Reading.NeedsMore) {
            var more = rest.readNBytes(MAX_BLOB - known.length);
            var whole = Arrays.copyOf(known, known.length + more.length);
            System.arraycopy(more, 0, whole, known.length, more.length);
            parsed = BuildInformation.read(whole, true);
        }
        return switch (parsed) {
            case BuildInformation.Reading.Found(var information) -> {
                information.packages().forEach(facts::add);
                yield true;
            }
            case BuildInformation.Reading.NeedsMore _ -> {
                facts.unknown("", "Go build information over " + MAX_BLOB + " bytes, or cut short");
                yield true;
            }
            case BuildInformation.Reading.NotThere _ -> false;
        };
    }

    /// ELF, PE or Mach-O, by the first bytes.
    private static boolean isProgram(byte[] window, int filled) {
        if (filled < HEADER) {
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
