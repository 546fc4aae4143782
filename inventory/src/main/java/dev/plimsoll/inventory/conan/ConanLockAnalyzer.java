package dev.plimsoll.inventory.conan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What Conan locked: lists of references (Conan 2), or the nodes of a graph (Conan 1).
///
/// Source: Conan 2, "Lockfiles" (version 0.5); Conan 1, "Lockfiles" (version 0.4, `graph_lock`). Stateless: one
/// instance serves all threads.
public final class ConanLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "conan-lock", 1, "C/C++", WantedPaths.of("**/conan.lock"))
            .declared()
            .yields(PackageType.CONAN)
            .gives("recipe revisions, scope; dependencies where the lock file has a graph")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Conan, Lockfiles of Conan 1 and 2")
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
        var packages = new ListedPackages(facts);
        for (var list : List.of("requires", "build_requires", "python_requires", "config_requires")) {
            for (var text : document.get().strings(list)) {
                ConanReference.of(text)
                        .ifPresentOrElse(
                                reference -> packages.add(reference
                                        .found()
                                        .declared()
                                        .withProperties(
                                                list.equals("requires")
                                                        ? Map.of()
                                                        : Map.of(PackageProperty.SCOPE, "development"))),
                                () -> facts.unknown(list, "an entry that is no reference"));
            }
        }
        var nodes = document.get().object("graph_lock").object("nodes");
        nodes.members().values().forEach(value -> {
            if (value instanceof JsonObject node) {
                node(node, nodes, packages);
            }
        });
    }

    private static void node(JsonObject node, JsonObject nodes, ListedPackages packages) {
        var needed = node.strings("requires").stream()
                .flatMap(other ->
                        ConanReference.of(nodes.object(other).string("ref").orElse("")).stream())
                .map(reference -> reference.name() + "@" + reference.version())
                .toList();
        // the node of the project itself has no reference, or one without a version
        ConanReference.of(node.string("ref").orElse(""))
                .ifPresent(reference -> packages.add(
                        reference.found().declared().withDependencies(ListedPackages.dependencies(needed))));
    }
}
