package dev.plimsoll.inventory.julia;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What Julia's package manager resolved. Packages of Julia itself that have no version of their own are left out.
///
/// Source: Pkg.jl, "Project.toml and Manifest.toml"; format 1 has the packages at the top, format 2 in `deps`;
/// purl-spec, "julia": the qualifier `uuid`. Stateless: one instance serves all threads.
public final class JuliaManifestAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "julia-manifest",
                    1,
                    "Julia",
                    WantedPaths.of("**/{,Julia}Manifest.toml", "**/{,Julia}Manifest-v[0-9]*.toml"))
            .declared()
            .yields(PackageType.JULIA)
            .gives("dependencies, repositories")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
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
        var top = document.get();
        var entries = top.get("manifest_format").isPresent() ? top.object("deps") : top;
        var packages = new ListedPackages(facts);
        for (var name : entries.members().keySet()) {
            for (var entry : entries.objects(name)) {
                var uuid = entry.string("uuid").orElse("");
                var version = entry.string("version").orElse("");
                if (uuid.isEmpty() || version.isEmpty()) {
                    continue;
                }
                var needed = new ArrayList<>(entry.strings("deps"));
                needed.addAll(entry.object("deps").members().keySet()); // where names alone are not unique
                var repository = entry.string("repo-url").orElse("");
                packages.add(PackageFound.ofLanguage(PackageType.JULIA, "", name, version, List.of(), "")
                        .declared()
                        .withQualifiers(
                                ListedPackages.isWord(uuid) ? Map.of("uuid", uuid.toLowerCase(Locale.ROOT)) : Map.of())
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(PackageProperty.DOWNLOAD, repository))));
            }
        }
    }
}
