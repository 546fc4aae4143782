package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Distributions that a `Pipfile.lock` lists. It does not say what needs what.
///
/// Source: Pipenv, "Pipfile.lock": a member for each group, `default`, `develop` and those of the user. Stateless: one
/// instance serves all threads.
public final class PipfileLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pipfile-lock", 1, "Python", WantedPaths.of("**/Pipfile.lock"))
            .declared()
            .yields(PackageType.PYPI)
            .gives("scope")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Pipenv, Pipfile.lock")
            .proof("pipenv lock");

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
        var packages = new DeclaredPackages(PackageType.PYPI, facts);
        for (var group : read.get().members().keySet()) {
            var listed = read.get().object(group);
            if (group.equals("_meta")) {
                continue;
            }
            for (var name : listed.members().keySet()) {
                // an address or a folder has no version
                var pinned = listed.object(name)
                        .string("version")
                        .flatMap(version -> Requirement.of(name + version))
                        .flatMap(Requirement::pinned);
                pinned.ifPresent(version -> packages.add(DeclaredPackage.of("", name, version)
                        .in(group.equals("develop") ? Scope.DEVELOPMENT : Scope.RUNTIME)));
            }
        }
        packages.finish();
    }
}
