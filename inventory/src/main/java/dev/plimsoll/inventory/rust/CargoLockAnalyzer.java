package dev.plimsoll.inventory.rust;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.TomlReader;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Crates that a `Cargo.lock` lists, of its versions 1 to 4. Those that lie in the folder itself, which have no source,
/// are listed too.
///
/// Source: Cargo, `cargo::core::resolver::encode`. Stateless: one instance serves all threads.
public final class CargoLockAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_LENGTH = 16 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cargo-lock", 1, "Rust", WantedPaths.of("**/Cargo.lock"))
            .declared()
            .yields(PackageType.CARGO)
            .gives("dependencies, digests")
            .limit("the file", MAX_LENGTH, "bytes")
            .source("Cargo, cargo::core::resolver::encode")
            .proof("cargo metadata");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LENGTH, "a lock file", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            var lock = TomlReader.read(bytes.get());
            for (var crate : lock.objects("package")) {
                crate(crate, lock.object("metadata"), facts);
            }
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static void crate(JsonObject crate, JsonObject metadata, FactSink facts) {
        var name = crate.string("name").orElse("");
        var version = crate.string("version").orElse("");
        if (name.isEmpty()) {
            facts.unknown("", "a crate without a name");
            return;
        }
        // Version 1 lists the digests at the end of the file, by name, version and source.
        var digest = crate.string("checksum")
                .or(() -> metadata.string("checksum " + name + " " + version + " ("
                        + crate.string("source").orElse("") + ")"))
                .filter(text -> text.matches("[0-9a-f]{64}"));
        facts.add(PackageFound.ofLanguage(PackageType.CARGO, "", name, version, List.of(), "")
                .withDependencies(dependencies(crate.strings("dependencies")))
                .withProperties(digest.map(text -> Map.of(PackageProperty.DIGEST, "sha256:" + text))
                        .orElse(Map.of()))
                .declared());
    }

    /// `name`, or `name version`, or with the source behind it.
    private static List<String> dependencies(List<String> written) {
        var found = new ArrayList<String>();
        for (var text : written) {
            var words = text.split(" ", 3);
            found.add(words.length > 1 ? words[0] + "@" + words[1] : words[0]);
        }
        return found;
    }
}
