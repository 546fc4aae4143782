package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/// Packages that a `packages.lock.json` lists, of all frameworks; projects of the same solution are left out.
///
/// Source: NuGet/NuGet.Client, `PackagesLockFileFormat`. Stateless: one instance serves all threads.
public final class PackagesLockAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_LENGTH = 16 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "nuget-lock", 1, ".NET", WantedPaths.of("**/packages.lock.json"))
            .declared()
            .yields(PackageType.NUGET)
            .gives("dependencies, digests")
            .limit("the file", MAX_LENGTH, "bytes")
            .source("NuGet/NuGet.Client, PackagesLockFileFormat")
            .proof("written from the source");

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
            if (JsonReader.read(bytes.get(), JsonLimits.FOREIGN) instanceof JsonObject document) {
                frameworks(document.object("dependencies"), facts);
            } else {
                facts.unknown("", "is no JSON object");
            }
        } catch (JsonException e) {
            facts.unknown("", "is no JSON: " + e.getMessage());
        }
    }

    private static void frameworks(JsonObject frameworks, FactSink facts) {
        var seen = new HashSet<String>();
        for (var framework : frameworks.members().keySet()) {
            frameworks.object(framework).members().forEach((name, value) -> {
                var item = value instanceof JsonObject object ? object : JsonObject.EMPTY;
                var version = item.string("resolved").orElse("");
                if (!version.isEmpty() && seen.add(name + "/" + version)) {
                    facts.add(PackageFound.ofLanguage(PackageType.NUGET, "", name, version, List.of(), "")
                            .withDependencies(List.copyOf(
                                    item.object("dependencies").members().keySet()))
                            .withProperties(NuGetDigest.ofBase64(
                                    item.string("contentHash").orElse("")))
                            .declared());
                }
            });
        }
    }
}
