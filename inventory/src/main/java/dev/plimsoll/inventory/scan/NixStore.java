package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Packages that lie in the store of Nix: the paths alone name them, so that no file is read and only the tree is
/// asked.
///
/// Source: Nix manual, "Store path" (32 digits of its base 32, a dash, a name) and `builtins.parseDrvName` (the version
/// begins behind the first dash that no letter follows). Of several outputs of one package each has a path.
final class NixStore {

    /// In paths; the largest images have some thousand.
    static final int MAX_PATHS = 100_000;

    static final AnalyzerId ID = new AnalyzerId("nix-store", 1);

    private static final String STORE = "nix/store/";

    private static final Pattern NAME = Pattern.compile(
            "[0-9a-df-np-sv-z]{32}-(.+?)-([^A-Za-z-].*?)(?:-(?:bin|dev|devdoc|doc|info|lib|man|out|static))?");

    private NixStore() {}

    /// One fact for every path of the store that names a package with a version.
    static List<LayerFound> of(FileTree tree) {
        var found = new ArrayList<LayerFound>();
        if (tree.get("nix/store").isEmpty()) {
            return found;
        }
        for (var entry : tree) {
            var path = entry.path();
            if (!path.startsWith(STORE)
                    || path.indexOf('/', STORE.length()) >= 0
                    || entry.kind() == Kind.SYMBOLIC_LINK
                    || path.endsWith(".drv")) {
                continue;
            }
            var name = NAME.matcher(path.substring(STORE.length()));
            if (name.matches() && found.size() < MAX_PATHS) {
                Fact fact = PackageFound.ofLanguage(PackageType.NIX, "", name.group(1), name.group(2), List.of(), "");
                found.add(new LayerFound(entry.layer(), new Found(path, ID, List.of(fact))));
            }
        }
        return found;
    }
}
