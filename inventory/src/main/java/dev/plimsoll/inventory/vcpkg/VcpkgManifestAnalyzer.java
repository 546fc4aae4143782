package dev.plimsoll.inventory.vcpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A project's `vcpkg.json`: the project itself and the versions that it fixes. What it merely needs has no version
/// there. Manifests of ports are no projects and are passed over.
///
/// Source: vcpkg, "vcpkg.json reference", `version*`, `port-version`, `overrides`. Stateless: one instance serves all
/// threads.
public final class VcpkgManifestAnalyzer implements Analyzer {

    private static final Pattern PORT = Pattern.compile("(?:.*/)?(?:ports|versions)/[^/]+/vcpkg\\.json");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "vcpkg-manifest", 1, "C/C++", WantedPaths.of("**/vcpkg.json"))
            .declared()
            .yields(PackageType.VCPKG)
            .gives("licences, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("vcpkg, vcpkg.json reference")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (PORT.matcher(file.path()).matches()) {
            return;
        }
        var document = DocumentFile.json(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var manifest = document.get();
        var packages = new ListedPackages(facts);
        var needed = new ArrayList<>(manifest.strings("dependencies"));
        manifest.objects("dependencies").forEach(entry -> entry.string("name").ifPresent(needed::add));
        add(manifest, needed, packages);
        manifest.objects("overrides").forEach(entry -> add(entry, List.of(), packages));
    }

    private static void add(JsonObject entry, List<String> needed, ListedPackages packages) {
        var name = entry.string("name").orElse("");
        var version = List.of("version", "version-semver", "version-date", "version-string").stream()
                .flatMap(field -> entry.string(field).stream())
                .findFirst()
                .orElse("");
        if (name.isEmpty() || version.isEmpty()) {
            return; // a project needs neither
        }
        var hash = version.indexOf('#');
        packages.add(VcpkgPackages.found(
                        name,
                        hash < 0 ? version : version.substring(0, hash),
                        hash < 0 ? DocumentFile.word(entry, "port-version") : version.substring(hash + 1),
                        "",
                        entry.string("license").stream().toList())
                .declared()
                .withDependencies(ListedPackages.dependencies(needed)));
    }
}
