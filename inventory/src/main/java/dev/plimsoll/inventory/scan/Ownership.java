package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which distribution's package owns the file that proves another package.
final class Ownership {

    private final FileTree tree;
    private final Set<String> declaring;

    /// @param declaring files that only declare: who owns a lock file says nothing of what it lists
    Ownership(FileTree tree, Set<String> declaring) {
        this.tree = tree;
        this.declaring = declaring;
    }

    /// Those of these paths that belong to a package of a distribution or of a language.
    Set<String> owned(List<ImagePackage> packages, Set<String> paths) {
        Map<String, String> spelled = new HashMap<>();
        paths.forEach(path -> spellings(path).forEach(spelling -> spelled.put(spelling, path)));
        var owned = new HashSet<String>();
        for (var item : packages) {
            for (var path : item.ownedFiles()) {
                var known = spelled.get(path);
                if (known != null) {
                    owned.add(known);
                }
            }
        }
        return owned;
    }

    /// Whether a database lists it: what another file tells of a distribution's package may be owned by one.
    private static boolean isListed(ImagePackage item) {
        return item.type().ofDistribution()
                && (!item.ownedFiles().isEmpty()
                        || item.locations().stream()
                                .anyMatch(location ->
                                        PackageDatabases.typeOf(file(location)).isPresent()));
    }

    /// Says of each language's package which distribution's package owns its file.
    List<ImagePackage> withOwners(List<ImagePackage> packages) {
        Map<String, Optional<PackageUrl>> owners = new HashMap<>();
        for (var item : packages) {
            if (!isListed(item)) {
                item.locations()
                        .forEach(location ->
                                spellings(file(location)).forEach(path -> owners.put(path, Optional.empty())));
            }
        }
        if (owners.isEmpty()) {
            return packages;
        }
        for (var item : packages) {
            if (!item.type().ofDistribution()) {
                continue; // a distribution of Python owns its own metadata
            }
            for (var path : item.ownedFiles()) {
                owners.computeIfPresent(path, (_, owner) -> owner.or(() -> Optional.of(item.purl())));
            }
        }
        return packages.stream()
                .map(item -> isListed(item) ? item : withOwner(item, owners))
                .filter(Ownership::says)
                .toList();
    }

    /// Whether it says more than the database does of the file's owner: what a note in the file or its bytes tell of a
    /// listed package's file does not.
    private static boolean says(ImagePackage item) {
        return item.ownedBy().isEmpty()
                || !(item.type().ofDistribution() || item.properties().containsKey(PackageProperty.CONFIDENCE));
    }

    private ImagePackage withOwner(ImagePackage item, Map<String, Optional<PackageUrl>> owners) {
        var found = new ArrayList<PackageUrl>();
        for (var location : item.locations()) {
            if (declaring.contains(location.path())) {
                continue;
            }
            var owner = spellings(file(location)).stream()
                    .flatMap(path -> owners.getOrDefault(path, Optional.empty()).stream())
                    .findFirst();
            if (owner.isEmpty()) {
                return item; // a copy that nobody owns stands for itself
            }
            found.add(owner.get());
        }
        return found.isEmpty() ? item : item.withOwner(found.getFirst());
    }

    private static String file(Location location) {
        var end = location.path().indexOf("!/");
        return end < 0 ? location.path() : location.path().substring(0, end);
    }

    /// Databases may still say `lib/x` where a merged /usr has it as `usr/lib/x`.
    private List<String> spellings(String path) {
        if (path.startsWith("usr/")) {
            var rest = path.substring("usr/".length());
            var slash = rest.indexOf('/');
            if (slash > 0
                    && tree.resolve(rest.substring(0, slash)).equals(Optional.of("usr/" + rest.substring(0, slash)))) {
                return List.of(path, rest);
            }
        }
        return List.of(path);
    }
}
