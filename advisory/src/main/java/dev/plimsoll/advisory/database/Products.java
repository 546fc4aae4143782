package dev.plimsoll.advisory.database;

import dev.plimsoll.purl.DistributionRelease;
import java.util.Set;

/// The names that endoflife.date has for distributions.
///
/// Source: endoflife.date, product pages, `identifiers` and `releasePolicyLink`.
final class Products {

    /// Releases of CentOS that were no Stream: both call themselves `centos`.
    private static final Set<String> CENTOS_LINUX = Set.of("5", "6", "7", "8");

    private Products() {}

    static String of(DistributionRelease release) {
        return switch (release.id()) {
            case "alpine" -> "alpine-linux";
            case "rocky" -> "rocky-linux";
            case "ol" -> "oracle-linux";
            case "amzn" -> "amazon-linux";
            case "opensuse-leap" -> "opensuse";
            case "photon" -> "vmware-photon";
            case "centos" -> CENTOS_LINUX.contains(release.release()) ? "centos" : "centos-stream";
            default -> release.id();
        };
    }
}
