package dev.plimsoll.matching;

import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Optional;

/// Packages of dpkg and apk (and pacman, whose versions have no scheme yet). A missing epoch is 0.
final class DebianAndAlpineMatcher implements PackageMatcher {

    @Override
    public boolean serves(PackageType type) {
        return type.ofDistribution() && type != PackageType.RPM;
    }

    @Override
    public List<Search> searches(ImagePackage item, Optional<DistributionRelease> release) {
        return DistributionSearches.of(item, release);
    }

    @Override
    public Optional<String> inapplicable(ImagePackage item, PackageAdvisory record) {
        return DistributionSearches.inapplicable(item, record.affected());
    }
}
