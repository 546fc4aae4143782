package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import java.util.Collection;
import java.util.List;

/// How results name packages.
final class PackageNames {

    /// Names of a sentence before it only counts.
    private static final int NAMED = 3;

    private PackageNames() {}

    /// For people: `curl 7.88.1-10`.
    static String of(ImagePackage item) {
        return item.version().isEmpty() ? item.name() : item.name() + " " + item.version();
    }

    /// For ids: `deb/curl`. The type keeps equal names of two ecosystems apart; without a version, so that an upgrade
    /// does not lose what was said of the package.
    static String key(ImagePackage item) {
        return item.type().purlType() + "/" + item.name();
    }

    /// Some of them, and how many more there are: `a, b, c and 4 more`.
    static String some(Collection<String> names) {
        var first = names.stream().limit(NAMED).toList();
        return String.join(", ", first) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /// The same of packages, each once.
    static String some(List<ImagePackage> items) {
        return some(items.stream().map(PackageNames::of).distinct().toList());
    }
}
