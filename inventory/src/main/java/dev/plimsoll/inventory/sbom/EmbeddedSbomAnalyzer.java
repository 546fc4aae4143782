package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import java.io.IOException;
import java.util.regex.Pattern;

/// Software bills of materials that lie in an image or a folder. What they list is declared: nobody knows here what it
/// is a list of. Those of tools whose installed packages are read by analyzers of their own are left to these.
///
/// Source: CycloneDX, "BOM files": `bom.json`, `*.cdx.json`; SPDX 2.3, annex "File name": `*.spdx`, `*.spdx.json`.
/// Stateless: one instance serves all threads.
public final class EmbeddedSbomAnalyzer implements Analyzer {

    /// In bytes of a document.
    static final int MAX_FILE = 64 << 20;

    /// In packages of a document.
    static final int MAX_PACKAGES = 50_000;

    private static final SbomLimits LIMITS =
            new SbomLimits(MAX_FILE, MAX_PACKAGES, SbomLimits.NESTING, SbomLimits.TEXT, 64L << 20);

    /// Names that others use as well, so that a file which is no such document says nothing.
    private static final Pattern COMMON_NAME = Pattern.compile("(?:.*/)?(?:s?bom\\.(?:json|xml)|[^/]*\\.spdx)");

    /// Read as installed by analyzers of their own.
    private static final Pattern OF_A_TOOL =
            Pattern.compile("(?:.*/)?share/[^/]+/vcpkg\\.spdx\\.json|opt/bitnami/.*|(?:.*/)?\\.spdx-[^/]+\\.spdx");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "embedded-sbom",
                    1,
                    "any",
                    WantedPaths.of(
                                    "**/*.{spdx,spdx.json,cdx.json,cdx.xml,syft.json}",
                                    "**/{bom,sbom}.{json,xml}",
                                    "**/*.{sbom,bom}.{json,xml}")
                            .when(
                                    (path, _, _) -> !OF_A_TOOL.matcher(path).matches(),
                                    "without those of vcpkg and Bitnami"))
            .declared()
            .gives("packages of every type that the document names, with their licences")
            .limit("a document", MAX_FILE, "bytes")
            .limit("a document", MAX_PACKAGES, "packages")
            .source("CycloneDX 1.4 to 1.7, SPDX 2.2 to 3.0.1, Syft's JSON")
            .proof("documents that Syft wrote");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        Inventory inventory;
        try {
            inventory = SbomReader.read(file.content(), file.path(), LIMITS);
        } catch (ImageException e) {
            if (!COMMON_NAME.matcher(file.path()).matches()) {
                facts.unknown("", String.valueOf(e.getMessage()));
            }
            return;
        }
        DocumentPackages.add(inventory, Evidence.DECLARED, facts);
    }
}
