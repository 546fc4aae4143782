package dev.plimsoll.matching;

import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.util.List;
import java.util.Optional;

/// How packages of one group of ecosystems meet their advisories. Stateless.
///
/// Adding one is a class, its test and a line in {@link PackageMatchers}.
interface PackageMatcher {

    boolean serves(PackageType type);

    /// The look-ups to make; none where nothing can be looked up.
    ///
    /// @param release the image's, empty where it is not known
    List<Search> searches(ImagePackage item, Optional<DistributionRelease> release);

    /// Why a record that was found does not speak of this package at all; empty where it does.
    Optional<String> inapplicable(ImagePackage item, PackageAdvisory record);

    /// Compares by the ecosystem's order.
    default RangeCheck check(VersionScheme scheme, Search search, List<VersionInterval> intervals) {
        return scheme.check(search.version(), intervals);
    }
}
