package dev.plimsoll.inventory.vcpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Ports that vcpkg installed, by the document that it puts beside each: `share/PORT/vcpkg.spdx.json`. It stays where
/// only the built files were copied into an image.
///
/// Source: vcpkg, "Software bill of materials"; vcpkg-tool, `spdx.cpp`: the packages `SPDXRef-port` with name and
/// version, `SPDXRef-binary` with `name:triplet`. Stateless: one instance serves all threads.
public final class VcpkgPortAnalyzer implements Analyzer {

    private static final Set<String> NO_LICENSE = Set.of("NOASSERTION", "NONE");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "vcpkg-port", 1, "C/C++", WantedPaths.of("**/share/*/vcpkg.spdx.json"))
            .yields(PackageType.VCPKG)
            .gives("licences, triplet")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("microsoft/vcpkg-tool, spdx.cpp")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.json(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var name = "";
        var version = "";
        var triplet = "";
        var license = "";
        for (var entry : document.get().objects("packages")) {
            switch (entry.string("SPDXID").orElse("")) {
                case "SPDXRef-port" -> {
                    name = entry.string("name").orElse("");
                    version = entry.string("versionInfo").orElse("");
                    license = entry.string("licenseConcluded").orElse("");
                }
                case "SPDXRef-binary" -> {
                    var full = entry.string("name").orElse("");
                    triplet = full.substring(full.indexOf(':') + 1);
                }
                default -> {
                    // what the port downloads
                }
            }
        }
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "the document of a port names no port");
            return;
        }
        var hash = version.indexOf('#');
        new ListedPackages(facts)
                .add(VcpkgPackages.found(
                        name,
                        hash < 0 ? version : version.substring(0, hash),
                        hash < 0 ? "" : version.substring(hash + 1),
                        triplet,
                        NO_LICENSE.contains(license) ? List.of() : List.of(license)));
    }
}
