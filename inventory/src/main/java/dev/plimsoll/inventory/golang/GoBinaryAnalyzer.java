package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.Found;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NeedsMore;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.NotThere;
import dev.plimsoll.inventory.golang.BuildInformation.Reading.PointsNowhere;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.Program.Section;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                    "go-binary", 4, "Go", WantedPaths.programs())
            .yields(PackageType.GOLANG)
            .gives("modules with replacements, the main module's version also of -ldflags and of the version control "
                    + "stamp, the toolchain as stdlib; with `go-symbols` which functions of each the program holds")
            .limit("build information", MAX_BLOB, "bytes")
            .limit("data searched for it", MAX_SEARCHED, "bytes")
            .limit("names of functions", FunctionTable.MAX_NAMES, "bytes")
            .limit("name of a function", FunctionTable.MAX_NAME, "bytes")
            .limit("functions of a module", ModuleSymbols.MAX_FUNCTIONS, "functions")
            .limit("data searched for the table of functions", FunctionTable.MAX_SEARCHED, "bytes of a section")
            .source("Go, packages debug/buildinfo, runtime/debug and debug/gosym")
            .proof("go version -m; govulncheck -mode=binary");

    private final boolean withSymbols;

    /// Without the functions that programs hold.
    public GoBinaryAnalyzer() {
        this(false);
    }

    /// @param withSymbols whether it says of each module which of its functions a program holds, in
    ///     {@link dev.plimsoll.inventory.PackageProperty#SYMBOLS}
    public GoBinaryAnalyzer(boolean withSymbols) {
        this.withSymbols = withSymbols;
    }

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        switch (search(file.program())) {
            case Found(var information) ->
                packages(information, file.program(), facts).forEach(facts::add);
            case NeedsMore(var length) ->
                facts.unknown(
                        "",
                        length > MAX_BLOB
                                ? "Go build information over " + MAX_BLOB + " bytes"
                                : "Go build information is cut short");
            case PointsNowhere _ ->
                facts.unknown("", "built by a Go older than 1.18, whose build information cannot be found");
            case NotThere _ -> {}
        }
    }

    private List<PackageFound> packages(BuildInformation information, Program program, FactSink facts)
            throws IOException {
        var settings = BuildSettings.of(information.modules());
        if (!withSymbols || settings.isLinkedToLibraries()) {
            return information.packages();
        }
        var symbols = new ModuleSymbols(information.importedModules(), information.mainPackage());
        try {
            symbols.read(program);
        } catch (FunctionTable.UnreadableException e) {
            facts.unknown("", "which functions the Go program holds cannot be told: " + e.getMessage());
            return information.packages();
        }
        Set<String> platforms = settings.platform().map(Set::of).orElse(Set.of());
        return information.packages(module -> symbols.of(module, platforms));
    }

    /// What a Go program says; nothing of other programs, and where it cannot be read.
    static Optional<BuildInformation> information(Program program) throws IOException {
        return search(program) instanceof Found(var information) ? Optional.of(information) : Optional.empty();
    }

    private static BuildInformation.Reading search(Program program) throws IOException {
        for (var region : regions(program)) {
            var length = Math.min(region.size(), MAX_SEARCHED);
            for (long at = 0; at < length; at += WINDOW) {
                var reading = search(program, region.offset() + at, (int) Math.min(WINDOW, length - at));
                if (!(reading instanceof NotThere)) {
                    return reading;
                }
            }
        }
        return new NotThere();
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

    private static BuildInformation.Reading search(Program program, long offset, int length) throws IOException {
        var window = program.content().read(offset, length, program.order());
        var bytes = window.array();
        var end = window.arrayOffset() + window.limit() - ALIGNMENT;
        for (int at = window.arrayOffset(); at <= end; at += ALIGNMENT) {
            if (bytes[at] == MAGIC[0] && Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                var reading = header(program, offset + at - window.arrayOffset());
                if (!(reading instanceof NotThere)) {
                    return reading;
                }
            }
        }
        return new NotThere();
    }

    /// Not every mark is a header; other programs, debuggers among them, hold the mark too.
    private static BuildInformation.Reading header(Program program, long at) throws IOException {
        var buffer = program.content().read(at, MAX_BLOB, program.order());
        if (buffer.remaining() < BuildInformation.HEADER) {
            return new NotThere();
        }
        if ((buffer.get(FLAGS) & INLINE) != 0) {
            return BuildInformation.read(bytes(buffer));
        }
        var pointerSize = buffer.get(MAGIC.length);
        if (pointerSize != 4 && pointerSize != 8) {
            return new NotThere();
        }
        var pointed = PointedTexts.of(program, buffer, pointerSize);
        return BuildInformation.of(pointed.text(0), pointed.text(1))
                .<BuildInformation.Reading>map(Found::new)
                .orElseGet(PointsNowhere::new);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
