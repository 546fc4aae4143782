package dev.plimsoll.inventory.vcpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.HeaderFields;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Ports that vcpkg installed: its `status` and the updates to it, paragraphs as dpkg has them.
///
/// Source: vcpkg-tool, `statusparagraph.cpp`, `binaryparagraph.cpp`: `Package`, `Version`, `Port-Version`, `Feature`,
/// `Architecture` (the triplet), `Depends`, `Status`. Stateless: one instance serves all threads.
public final class VcpkgStatusAnalyzer implements Analyzer {

    private static final Pattern COMMA = Pattern.compile(",");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "vcpkg-status",
                    1,
                    "C/C++",
                    WantedPaths.of(
                            "**/{vcpkg_installed,installed}/vcpkg/status",
                            "**/{vcpkg_installed,installed}/vcpkg/updates/*"))
            .yields(PackageType.VCPKG)
            .gives("triplet, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("microsoft/vcpkg-tool, statusparagraph.cpp")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts);
        if (text.isEmpty()) {
            return;
        }
        var paragraphs = new HeaderFields(text.get());
        var packages = new ListedPackages(facts);
        for (var next = paragraphs.next(); next.isPresent(); next = paragraphs.next()) {
            var fields = next.get();
            var name = fields.get("package");
            var version = fields.get("version");
            if (!fields.get("status").endsWith(" installed")
                    || !fields.get("feature").isEmpty()) {
                continue; // removed, or a part of a port that has its own paragraph
            }
            if (name.isEmpty() || version.isEmpty()) {
                facts.unknown("", "a port without name or version");
                continue;
            }
            var hash = version.indexOf('#');
            var needed = COMMA.splitAsStream(fields.get("depends"))
                    .map(VcpkgStatusAnalyzer::bareName)
                    .toList();
            packages.add(VcpkgPackages.found(
                            name,
                            hash < 0 ? version : version.substring(0, hash),
                            hash < 0 ? fields.get("port-version") : version.substring(hash + 1),
                            fields.get("architecture"),
                            List.of())
                    .withDependencies(ListedPackages.dependencies(needed))
                    .withProperties(
                            ListedPackages.properties(Map.of(PackageProperty.SUMMARY, fields.get("description")))));
        }
    }

    /// `zlib:x64-linux`, `curl[ssl]`.
    private static String bareName(String text) {
        var stripped = text.strip();
        var end = 0;
        while (end < stripped.length() && ":[ (".indexOf(stripped.charAt(end)) < 0) {
            end++;
        }
        return stripped.substring(0, end);
    }
}
