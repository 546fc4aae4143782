package dev.plimsoll.inventory.julia;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Packages of Julia in a depot: `packages/NAME/SLUG/Project.toml`.
///
/// Source: Pkg.jl, "Project.toml and Manifest.toml"; Julia, "Code Loading", `DEPOT_PATH`. Stateless: one instance
/// serves all threads.
public final class JuliaPackageAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "julia-package", 1, "Julia", WantedPaths.of("**/packages/*/*/{,Julia}Project.toml"))
            .yields(PackageType.JULIA)
            .gives("dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("Pkg.jl, Project.toml and Manifest.toml")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.toml(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var project = document.get();
        var name = project.string("name").orElse("");
        var uuid = project.string("uuid").orElse("");
        var version = project.string("version").orElse("");
        if (name.isEmpty() || uuid.isEmpty() || version.isEmpty()) {
            return; // not of a package
        }
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(
                                PackageType.JULIA,
                                "",
                                name,
                                version,
                                ListedPackages.licenses(
                                        List.of(project.string("license").orElse(""))),
                                "")
                        .withQualifiers(
                                ListedPackages.isWord(uuid) ? Map.of("uuid", uuid.toLowerCase(Locale.ROOT)) : Map.of())
                        .withDependencies(ListedPackages.dependencies(
                                List.copyOf(project.object("deps").members().keySet()))));
    }
}
