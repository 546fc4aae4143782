package dev.plimsoll.matching;

import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.List;
import java.util.Optional;

/// Packages of languages, by the name that their registry knows them by.
final class LanguageMatcher implements PackageMatcher {

    @Override
    public boolean serves(PackageType type) {
        return !type.ofDistribution();
    }

    @Override
    public List<Search> searches(ImagePackage item, Optional<DistributionRelease> release) {
        return isUnreleased(item)
                ? List.of()
                : List.of(new Search(
                        Ecosystem.of(item.type()), key(item.type(), item.name()), item.version(), false, false));
    }

    @Override
    public Optional<String> inapplicable(ImagePackage item, PackageAdvisory record) {
        return Optional.empty();
    }

    /// A program's own module, built from a checkout: it stands for no release, so comparing it says nothing.
    static boolean isUnreleased(ImagePackage item) {
        return item.type() == PackageType.GOLANG
                && (item.version().isEmpty()
                        || item.version().equals("(devel)")
                        || item.version().endsWith("+dirty"));
    }

    /// PyPI's names are compared in the normal form of PEP 503.
    static String key(PackageType type, String name) {
        return PackageUrl.comparableName(type, name);
    }
}
