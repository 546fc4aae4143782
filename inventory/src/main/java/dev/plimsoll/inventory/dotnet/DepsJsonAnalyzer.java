package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Packages that a .NET program was published with, with what they need. Packages of which nothing is there at run
/// time, that only compiling needed, are left out.
///
/// Source: dotnet/cli, `Documentation/specs/runtime-configuration-file.md` (`appname.deps.json`). Stateless: one
/// instance serves all threads.
public final class DepsJsonAnalyzer implements Analyzer {

    /// In bytes; that of a large program has two million.
    static final int MAX_LENGTH = 16 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dotnet-deps", 1, ".NET", WantedPaths.of("**/*.deps.json"))
            .yields(PackageType.NUGET)
            .gives("dependencies, digests")
            .limit("the file", MAX_LENGTH, "bytes")
            .source("dotnet/cli, runtime-configuration-file.md")
            .proof("written from the source");

    /// By which assembly tells whose facts they are.
    public static final AnalyzerId ID = DECLARATION.id();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LENGTH, "a deps.json", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (JsonReader.read(bytes.get(), JsonLimits.FOREIGN) instanceof JsonObject document) {
                libraries(document, facts);
            } else {
                facts.unknown("", "is no JSON object");
            }
        } catch (JsonException e) {
            facts.unknown("", "is no JSON: " + e.getMessage());
        }
    }

    private static void libraries(JsonObject document, FactSink facts) {
        var target = target(document);
        document.object("libraries").members().forEach((key, value) -> {
            var slash = key.indexOf('/');
            if (slash <= 0 || !(value instanceof JsonObject library)) {
                facts.unknown("library " + key, "is not of the form name/version");
                return;
            }
            var used = target.object(key);
            var type = library.string("type").orElse("");
            // The program itself, and projects of the same solution, always are there.
            if (type.equals("package") && !isAtRunTime(used)) {
                return;
            }
            var digest = library.string("sha512").orElse("");
            facts.add(PackageFound.ofLanguage(
                            PackageType.NUGET, "", key.substring(0, slash), key.substring(slash + 1), List.of(), "")
                    .withDependencies(dependencies(used))
                    .withProperties(
                            digest.startsWith("sha512-")
                                    ? NuGetDigest.ofBase64(digest.substring("sha512-".length()))
                                    : Map.<PackageProperty, String>of()));
        });
    }

    /// What runs: the target that is named, with its runtime where it has one; else the first.
    private static JsonObject target(JsonObject document) {
        var targets = document.object("targets");
        var named = document.object("runtimeTarget").string("name").orElse("");
        return targets.get(named)
                .or(() -> targets.members().values().stream().findFirst())
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonObject.EMPTY);
    }

    /// Whether it has files at run time, or brings others that have.
    private static boolean isAtRunTime(JsonObject used) {
        for (var kind : List.of("runtime", "native", "runtimeTargets", "resources")) {
            if (!used.object(kind).members().isEmpty()) {
                return true;
            }
        }
        return !used.object("dependencies").members().isEmpty();
    }

    private static List<String> dependencies(JsonObject used) {
        var names = new ArrayList<String>();
        used.object("dependencies")
                .members()
                .forEach((name, version) ->
                        names.add(version instanceof JsonString(var text) ? name + "@" + text : name));
        return names;
    }
}
