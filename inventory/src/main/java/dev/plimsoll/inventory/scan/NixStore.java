package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.nix.StorePath;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;

/// Packages that lie in the store of Nix: the paths alone name them, so that no file is read and only the tree is
/// asked. What its database says besides, {@link dev.plimsoll.inventory.nix.NixDatabaseAnalyzer} reads.
final class NixStore {

    /// In paths; the largest images have some thousand.
    static final int MAX_PATHS = 100_000;

    static final AnalyzerId ID = new AnalyzerId("nix-store", 1);

    private NixStore() {}

    /// One fact for every path of the store that names a package with a version.
    static List<LayerFound> of(FileTree tree) {
        var found = new ArrayList<LayerFound>();
        if (tree.get("nix/store").isEmpty()) {
            return found;
        }
        for (var entry : tree) {
            var path = entry.path();
            if (entry.kind() == Kind.SYMBOLIC_LINK || found.size() == MAX_PATHS) {
                continue;
            }
            StorePath.of(path).ifPresent(named -> {
                Fact fact = PackageFound.ofLanguage(PackageType.NIX, "", named.name(), named.version(), List.of(), "")
                        .keyed(path);
                found.add(new LayerFound(entry.layer(), new Found(path, ID, List.of(fact))));
            });
        }
        return found;
    }
}
