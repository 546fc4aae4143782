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
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Packages that a `composer.lock` lists.
///
/// Source: Composer, "Basic usage: composer.lock", `packages` and `packages-dev`. Stateless: one instance serves all
/// threads.
public final class ComposerLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "composer-lock", 1, "PHP", WantedPaths.of("**/composer.lock"))
            .declared()
            .yields(PackageType.COMPOSER)
            .gives("licences, dependencies, scope, digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Composer, composer.lock")
            .proof("composer update");

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
        var packages = new DeclaredPackages(PackageType.COMPOSER, facts);
        for (var member : java.util.List.of("packages", "packages-dev")) {
            for (var entry : read.get().objects(member)) {
                ComposerPackages.read(entry)
                        .ifPresentOrElse(
                                found -> packages.add(
                                        found.in(member.equals("packages") ? Scope.RUNTIME : Scope.DEVELOPMENT)),
                                () -> facts.unknown("", "a package without name or version"));
            }
        }
        packages.finish();
    }
}
