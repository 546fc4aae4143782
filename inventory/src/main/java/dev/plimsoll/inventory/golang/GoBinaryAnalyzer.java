package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.Found;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NeedsMore;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NotThere;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.Program.Section;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Modules that a Go program was built from, as the linker wrote them into it; stripping leaves them.
///
/// Source: Go, package `debug/buildinfo` (where the blob lies, both of its layouts), package `runtime/debug`
/// (`BuildInfo`). Stateless: one instance serves all threads.
public final class GoBinaryAnalyzer implements ProgramAnalyzer {

    /// `\xff Go buildinf:`
    private static final byte[] MAGIC = {(byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'};

    private static final int ALIGNMENT = 16;
    private static final int FLAGS = 15;
    private static final int INLINE = 2;

    /// In bytes, of the blob with its texts; a thousand modules take about a hundred thousand.
    static final int MAX_BLOB = 1 << 20;

    /// In bytes that are looked at for the blob; a multiple of the alignment.
    static final int WINDOW = 1 << 16;

    /// In bytes, of a program's data that is searched where no section says where the blob is.
    static final int MAX_SEARCHED = 64 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "go-binary", 3, "Go", WantedPaths.programs())
            .yields(PackageType.GOLANG)
            .gives("modules with replacements, the main module's version also of -ldflags and of the version control "
                    + "stamp, the toolchain as stdlib")
            .limit("build information", MAX_BLOB, "bytes")
            .limit("data searched for it", MAX_SEARCHED, "bytes")
            .source("Go, packages debug/buildinfo and runtime/debug")
            .proof("go version -m");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var program = file.program();
        for (var region : regions(program)) {
            var length = Math.min(region.size(), MAX_SEARCHED);
            for (long at = 0; at < length; at += WINDOW) {
                if (found(program, region.offset() + at, (int) Math.min(WINDOW, length - at), facts)) {
                    return;
                }
            }
        }
    }

    /// Where the blob may lie: the section made for it, else the data that may be written to, else anywhere.
    private static List<Section> regions(Program program) {
        for (var name : List.of(".go.buildinfo", "__go_buildinfo")) {
            var section = program.section(name);
            if (section.isPresent()) {
                return List.of(section.get());
            }
        }
        var regions = new ArrayList<Section>();
        for (var segment : program.segments()) {
            if (segment.writable()) {
                regions.add(new Section(segment.name(), segment.address(), segment.offset(), segment.size()));
            }
        }
        return program.segments().isEmpty() && program.sections().isEmpty()
                ? List.of(new Section("", 0, 0, program.content().size()))
                : regions;
    }

    private static boolean found(Program program, long offset, int length, FactSink facts) throws IOException {
        var window = program.content().read(offset, length, program.order());
        var bytes = window.array();
        var end = window.arrayOffset() + window.limit() - ALIGNMENT;
        for (int at = window.arrayOffset(); at <= end; at += ALIGNMENT) {
            if (bytes[at] == MAGIC[0]
                    && Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)
                    && header(program, offset + at - window.arrayOffset(), facts)) {
                return true;
            }
        }
        return false;
    }

    /// @return whether this was a header and not a text that looks like one; other programs, debuggers among them, hold
    /// the mark too
    private static boolean header(Program program, long at, FactSink facts) throws IOException {
        var buffer = program.content().read(at, MAX_BLOB, program.order());
        if (buffer.remaining() < BuildInformation.HEADER) {
            return false;
        }
        if ((buffer.get(FLAGS) & INLINE) == 0) {
            return pointers(program, buffer, facts);
        }
        return switch (BuildInformation.read(bytes(buffer))) {
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

    private static boolean pointers(Program program, ByteBuffer header, FactSink facts) throws IOException {
        var pointerSize = header.get(MAGIC.length);
        if (pointerSize != 4 && pointerSize != 8) {
            return false;
        }
        var pointed = PointedTexts.of(program, header, pointerSize);
        var information = BuildInformation.of(pointed.text(0), pointed.text(1));
        if (information.isEmpty()) {
            facts.unknown("", "built by a Go older than 1.18, whose build information cannot be found");
        }
        information.ifPresent(found -> found.packages().forEach(facts::add));
        return true;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
