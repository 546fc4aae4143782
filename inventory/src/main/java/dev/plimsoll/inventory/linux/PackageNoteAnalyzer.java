package dev.plimsoll.inventory.linux;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.Program.Format;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The package that an ELF program says it came in, whether the package is installed or not.
///
/// Source: systemd, "Package Metadata for Executable Files". Stateless: one instance serves all threads.
public final class PackageNoteAnalyzer implements ProgramAnalyzer {

    private static final String SECTION = ".note.package";
    private static final int KIND = 0xcafe1a7e;
    private static final int HEADER = 12;

    /// In bytes; a note has some hundred.
    static final int MAX_NOTE = 1 << 16;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "elf-package-note", 1, "any", WantedPaths.programs())
            .yields(PackageType.DEB, PackageType.RPM, PackageType.APK, PackageType.ALPM, PackageType.GENERIC)
            .gives("architecture, CPE; marked as being told by the program alone")
            .limit("note", MAX_NOTE, "bytes")
            .source("systemd, Package Metadata for Executable Files")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var program = file.program();
        var section = program.format() == Format.ELF
                ? program.section(SECTION)
                : Optional.<dev.plimsoll.inventory.program.Program.Section>empty();
        if (section.isEmpty()) {
            return;
        }
        var note = text(program.read(section.get(), MAX_NOTE));
        try {
            if (note.isPresent() && JsonReader.read(note.get(), JsonLimits.FOREIGN) instanceof JsonObject described) {
                describe(described, facts);
            } else {
                facts.unknown("section " + SECTION, "is no note that describes a package");
            }
        } catch (JsonException e) {
            facts.unknown("section " + SECTION, "is no JSON: " + e.getMessage());
        }
    }

    /// The description of the note, without the zero bytes that pad it.
    private static Optional<byte[]> text(ByteBuffer section) {
        if (section.remaining() < HEADER || section.getInt(8) != KIND) {
            return Optional.empty();
        }
        var start = HEADER + ((long) section.getInt(0) + 3 & ~3L);
        var end = start + section.getInt(4);
        if (section.getInt(0) < 0 || section.getInt(4) < 0 || end > section.limit()) {
            return Optional.empty();
        }
        var text = new byte[(int) (end - start)];
        section.get((int) start, text);
        return Optional.of(new String(text, StandardCharsets.UTF_8)
                .replaceFirst("\0.*", "")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void describe(JsonObject described, FactSink facts) {
        var name = described.string("name").orElse("");
        var version = described.string("version").orElse("");
        if (name.isEmpty()) {
            facts.unknown("section " + SECTION, "names no package");
            return;
        }
        var type = described
                .string("type")
                .flatMap(PackageType::of)
                .filter(known -> known.ofDistribution() || known == PackageType.GENERIC)
                .orElse(PackageType.GENERIC);
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.put(PackageProperty.CONFIDENCE, "low");
        described.string("os").ifPresent(os -> properties.put(PackageProperty.ORIGIN, os));
        described.string("maintainer").ifPresent(text -> properties.put(PackageProperty.MAINTAINER, text));
        var architecture = described.string("architecture").orElse("");
        facts.add(new PackageFound(
                        type,
                        "",
                        name,
                        version,
                        Optional.empty(),
                        architecture,
                        "",
                        Evidence.INSTALLED,
                        "",
                        architecture.isEmpty() ? Map.of() : Map.of("arch", architecture),
                        List.of(),
                        List.of(),
                        "")
                .withCpes(described
                        .string("appCpe")
                        .or(() -> described.string("cpe"))
                        .filter(cpe -> cpe.startsWith("cpe:"))
                        .map(List::of)
                        .orElse(List.of()))
                .withProperties(properties));
    }
}
