package dev.plimsoll.inventory.swift;

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
import java.util.List;
import java.util.Map;

/// What the Swift package manager resolved: `Package.resolved` of the versions 1 to 3. A pin to a branch has its
/// commit as version.
///
/// Source: swift-package-manager, `PinsStore`: version 1 has `object.pins`, versions 2 and 3 have `pins`; purl-spec,
/// "swift": the namespace is host and owner. Stateless: one instance serves all threads.
public final class PackageResolvedAnalyzer implements Analyzer {

    private static final String REGISTRY = "registry";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "swift-resolved", 1, "Swift", WantedPaths.of("**/Package.resolved", "**/.package.resolved"))
            .declared()
            .yields(PackageType.SWIFT)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("swift-package-manager, Package.resolved of versions 1 to 3; purl-spec, swift")
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
        var pins = document.get().get("pins").isPresent()
                ? document.get().objects("pins")
                : document.get().object("object").objects("pins");
        var packages = new ListedPackages(facts);
        for (var pin : pins) {
            var state = pin.object("state");
            var version =
                    state.string("version").or(() -> state.string("revision")).orElse("");
            var address =
                    pin.string("location").or(() -> pin.string("repositoryURL")).orElse("");
            var identity =
                    pin.string("identity").or(() -> pin.string("package")).orElse("");
            if (pin.string("kind").orElse("").equals(REGISTRY)) {
                registered(identity, version, packages);
                continue;
            }
            var repository = RepositoryAddress.of(address);
            if (repository.isPresent()) {
                packages.add(
                        found(repository.get().namespace(), repository.get().name(), version)
                                .withProperties(ListedPackages.properties(Map.of(PackageProperty.DOWNLOAD, address))));
            } else if (!address.startsWith("/") && !address.startsWith("file:")) {
                facts.unknown("", "a pin without the address of a repository");
            }
        }
    }

    /// `scope.name` of a registry.
    private static void registered(String identity, String version, ListedPackages packages) {
        var stop = identity.indexOf('.');
        packages.add(found(identity.substring(0, Math.max(stop, 0)), identity.substring(stop + 1), version));
    }

    private static PackageFound found(String namespace, String name, String version) {
        return PackageFound.ofLanguage(PackageType.SWIFT, namespace, name, version, List.of(), "")
                .declared();
    }
}
