package dev.plimsoll.matching;

import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the packages of all distributions have in common: advisories speak of a release, and of source or binary
/// packages.
final class DistributionSearches {

    /// As the databases write packages that fit every machine.
    private static final Set<String> EVERY_ARCHITECTURE = Set.of("", "all", "noarch");

    private DistributionSearches() {}

    /// By the binary's name and version, and by the source's.
    static List<Search> of(ImagePackage item, Optional<DistributionRelease> release) {
        if (release.isEmpty() || !mayBring(release.get(), item.type())) {
            return List.of();
        }
        var ecosystem = Ecosystem.of(release.get());
        var source = item.source().orElseGet(() -> new SourcePackage(item.name(), item.version()));
        boolean indirect =
                !source.name().equals(item.name()) || !source.version().equals(item.version());
        return List.of(
                new Search(ecosystem, item.name(), item.version(), false, false),
                new Search(ecosystem, source.name(), source.version(), true, indirect));
    }

    static Optional<String> inapplicable(ImagePackage item, AffectedPackage affected) {
        boolean limited = !affected.architectures().isEmpty()
                && !affected.ofSource()
                && !EVERY_ARCHITECTURE.contains(item.architecture())
                && !affected.architectures().contains(item.architecture());
        return limited
                ? Optional.of("the record is limited to " + String.join(", ", affected.architectures()))
                : Optional.empty();
    }

    /// Whether a distribution has packages of that type: a dpkg database that lies about in an Alpine image is not
    /// judged by Alpine's advisories. Distributions that are not listed may bring any.
    static boolean mayBring(DistributionRelease release, PackageType type) {
        return switch (release.id()) {
            case "debian", "ubuntu", "raspbian" -> type == PackageType.DEB;
            case "alpine", "wolfi", "chainguard" -> type == PackageType.APK;
            case "rhel", "centos", "rocky", "almalinux", "ol", "fedora", "amzn", "mariner", "azurelinux", "sles" ->
                type == PackageType.RPM;
            case "arch" -> type == PackageType.ALPM;
            default -> true;
        };
    }
}
