package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.Inventory;
import java.util.List;

/// What a document that lies in an image says, as facts of the layer.
final class DocumentPackages {

    /// That one document may give; further ones say the same.
    private static final int MAX_UNKNOWNS = 100;

    private DocumentPackages() {}

    /// @param evidence what its packages count as
    static void add(Inventory document, Evidence evidence, FactSink facts) {
        for (var item : document.packages()) {
            facts.add(new PackageFound(
                    item.type(),
                    item.purl().namespace(),
                    item.purl().name(),
                    item.version(),
                    item.source(),
                    item.architecture(),
                    item.modularity(),
                    evidence,
                    "",
                    item.purl().qualifiers(),
                    item.licenses(),
                    List.of(),
                    ""));
        }
        document.unknowns().stream()
                .limit(MAX_UNKNOWNS)
                .forEach(unknown -> facts.unknown(unknown.place(), unknown.reason()));
    }
}
