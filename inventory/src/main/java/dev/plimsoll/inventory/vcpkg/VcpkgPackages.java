package dev.plimsoll.inventory.vcpkg;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Ports of vcpkg as facts.
///
/// Source: vcpkg, "Versioning reference": a port's version has the version of what it builds and a number of the port
/// itself, written `1.3.1#1`.
final class VcpkgPackages {

    private VcpkgPackages() {}

    /// @param portVersion empty where there is none
    /// @param triplet that it was built for, empty where nobody says
    static PackageFound found(String name, String version, String portVersion, String triplet, List<String> licenses) {
        var qualifiers =
                new TreeMap<>(Map.of("port_version", portVersion.equals("0") ? "" : portVersion, "triplet", triplet));
        qualifiers.values().removeIf(value -> !ListedPackages.isWord(value));
        return PackageFound.ofLanguage(PackageType.VCPKG, "", name, version, ListedPackages.licenses(licenses), "")
                .withQualifiers(qualifiers);
    }
}
