package dev.plimsoll.inventory.php;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/// Packages that Composer installed into a `vendor` folder.
///
/// Source: Composer, `Composer\Repository\FilesystemRepository`: a list of packages (Composer 1), or an object with
/// `packages` and `dev-package-names` (Composer 2). Stateless: one instance serves all threads.
public final class ComposerInstalledAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "composer-installed", 1, "PHP", WantedPaths.of("**/composer/installed.json"))
            .yields(PackageType.COMPOSER)
            .gives("licences, dependencies, scope, digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Composer, FilesystemRepository")
            .proof("composer show; version 1 written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.bytes(file, facts).flatMap(text -> DocumentFile.jsonValue(text, facts));
        if (read.isEmpty()) {
            return;
        }
        var development = new HashSet<String>();
        List<JsonObject> entries;
        switch (read.get()) {
            case JsonObject object -> {
                entries = object.objects("packages");
                development.addAll(object.strings("dev-package-names"));
            }
            case JsonArray list -> entries = new JsonObject(java.util.Map.of("packages", list)).objects("packages");
            default -> {
                facts.unknown("", "neither a list nor an object of packages");
                return;
            }
        }
        var packages = DeclaredPackages.installed(PackageType.COMPOSER, facts);
        for (var entry : entries) {
            var name = entry.string("name").orElse("");
            ComposerPackages.read(entry)
                    .ifPresentOrElse(
                            found -> packages.add(
                                    found.in(development.contains(name) ? Scope.DEVELOPMENT : Scope.RUNTIME)),
                            () -> facts.unknown("", "a package without name or version"));
        }
        packages.finish();
    }
}
