package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Packages of npm that a `deno.lock` lists. Those of JSR, for which package URLs have no type, and modules by address
/// are passed over. It does not say which are there for development.
///
/// Source: Deno, "deno.lock", versions 2 (`npm.packages`), 3 (`packages.npm`), 4 and 5 (`npm`). Stateless: one instance
/// serves all threads.
public final class DenoLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "deno-lock", 1, "JavaScript", WantedPaths.of("**/deno.lock"))
            .declared()
            .yields(PackageType.NPM)
            .gives("dependencies, digests; only packages of npm")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Deno, deno.lock")
            .proof("deno install of 2.2; versions 2 and 3 written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.json(file, facts);
        if (read.isEmpty()) {
            return;
        }
        var lock = read.get();
        var listed = lock.get("packages").isPresent()
                ? lock.object("packages").object("npm")
                : lock.object("npm").get("packages").isPresent()
                        ? lock.object("npm").object("packages")
                        : lock.object("npm");
        var packages = new DeclaredPackages(PackageType.NPM, facts);
        for (var key : listed.members().keySet()) {
            var identifier = identifier(key);
            var name = NpmName.of(NpmName.nameOf(identifier));
            var version = NpmName.rangeOf(identifier);
            if (name.isEmpty() || !NpmName.isVersion(version)) {
                facts.unknown(key, "no package with its version");
                continue;
            }
            var entry = listed.object(key);
            packages.add(name.get()
                    .version(version)
                    .needing(needed(entry))
                    .digest(Integrity.digest(entry.string("integrity").orElse(""))));
        }
        packages.finish();
    }

    /// Of `name@version_peer@version` what stands before the peers.
    private static String identifier(String key) {
        var end = key.indexOf('_', Math.max(0, key.indexOf('@', 1)));
        return end < 0 ? key : key.substring(0, end);
    }

    /// Up to version 3 an object of identifiers by name; then a list, in which the version is left out where only one
    /// is there.
    private static List<String> needed(JsonObject entry) {
        var needed = new ArrayList<String>();
        for (var member : List.of("dependencies", "optionalDependencies")) {
            entry.object(member).members().values().forEach(value -> {
                if (value instanceof JsonString(var text)) {
                    needed.add(identifier(text));
                }
            });
            for (var text : entry.strings(member)) {
                var alias = text.indexOf("@npm:");
                needed.add(identifier(alias < 0 ? text : text.substring(alias + "@npm:".length())));
            }
        }
        return needed;
    }
}
