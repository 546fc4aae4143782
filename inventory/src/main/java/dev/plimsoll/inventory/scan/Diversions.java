package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.purl.PackageType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the files of packages lie whose paths are diverted. Immutable.
///
/// Source: dpkg-divert(1).
final class Diversions {

    private final Map<String, Fact.Diverted> byPath;

    private Diversions(Map<String, Fact.Diverted> byPath) {
        this.byPath = byPath;
    }

    static Diversions of(List<LayerFound> visible) {
        var byPath = new HashMap<String, Fact.Diverted>();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof Fact.Diverted diverted) {
                    byPath.putIfAbsent(diverted.type() + " " + diverted.path(), diverted);
                }
            }
        }
        return new Diversions(byPath);
    }

    /// Where the file lies that a package brings to a path.
    ///
    /// @param owner name of the package
    String place(PackageType type, String owner, String path) {
        if (byPath.isEmpty()) {
            return path;
        }
        var diverted = byPath.get(type + " " + path);
        return diverted == null || diverted.except().equals(owner) ? path : diverted.elsewhere();
    }
}
