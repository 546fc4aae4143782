package dev.plimsoll.inventory.rust;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;

/// Crates that a Rust program was built from, as `cargo auditable` writes them into a section of it. Crates that only
/// the build needed are left out.
///
/// Source: rust-secure-code/cargo-auditable, `PARSING.md` and `cargo-auditable.schema.json`. Stateless: one instance
/// serves all threads.
public final class CargoAuditableAnalyzer implements ProgramAnalyzer {

    private static final String SECTION = ".dep-v0";

    /// In bytes, of the section.
    static final int MAX_PACKED = 8 << 20;

    /// In bytes, of the list; that of a large program has a few hundred thousand.
    static final int MAX_UNPACKED = 16 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cargo-auditable", 1, "Rust", WantedPaths.programs())
            .yields(PackageType.CARGO)
            .gives("dependencies")
            .limit("section", MAX_PACKED, "bytes")
            .limit("list", MAX_UNPACKED, "bytes")
            .source("rust-secure-code/cargo-auditable, PARSING.md")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var section = file.program().section(SECTION);
        if (section.isEmpty()) {
            return;
        }
        if (section.get().size() > MAX_PACKED) {
            facts.unknown("section " + SECTION, "over " + MAX_PACKED + " bytes");
            return;
        }
        try {
            var text = unpacked(file.program().read(section.get(), MAX_PACKED));
            if (text.length > MAX_UNPACKED) {
                facts.unknown("section " + SECTION, "unpacks to over " + MAX_UNPACKED + " bytes");
            } else if (JsonReader.read(text, JsonLimits.FOREIGN) instanceof JsonObject list) {
                packages(list, facts);
            } else {
                facts.unknown("section " + SECTION, "is no JSON object");
            }
        } catch (JsonException e) {
            facts.unknown("section " + SECTION, "is not the list of crates: " + e.getMessage());
        }
    }

    private static byte[] unpacked(ByteBuffer packed) throws JsonException {
        var bytes = new ByteArrayInputStream(packed.array(), packed.arrayOffset(), packed.limit());
        try (var list = new InflaterInputStream(bytes)) {
            return list.readNBytes(MAX_UNPACKED + 1);
        } catch (IOException e) {
            throw new JsonException("cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static void packages(JsonObject list, FactSink facts) {
        var crates = list.array("packages");
        var names = new ArrayList<String>();
        for (var crate : crates) {
            names.add(
                    crate instanceof JsonObject object
                            ? object.string("name").orElse("") + "@"
                                    + object.string("version").orElse("")
                            : "");
        }
        for (var element : crates) {
            var crate = element instanceof JsonObject object ? object : JsonObject.EMPTY;
            var name = crate.string("name").orElse("");
            if (name.isEmpty()) {
                facts.unknown("section " + SECTION, "a crate without a name");
            } else if (!crate.string("kind").orElse("runtime").equals("build")) {
                facts.add(PackageFound.ofLanguage(
                                PackageType.CARGO,
                                "",
                                name,
                                crate.string("version").orElse(""),
                                List.of(),
                                "")
                        .withDependencies(dependencies(crate.array("dependencies"), names)));
            }
        }
    }

    private static List<String> dependencies(List<JsonValue> positions, List<String> names) {
        var found = new ArrayList<String>();
        for (var position : positions) {
            if (position instanceof JsonNumber(var number)) {
                var index = number.doubleValue();
                if (index >= 0 && index < names.size()) {
                    found.add(names.get((int) index));
                }
            }
        }
        return found;
    }
}
