package dev.plimsoll.inventory.beam;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What lock files say of packages of Hex, as facts.
final class HexPackages {

    private static final int SHA256_LENGTH = 64;

    private HexPackages() {}

    /// @param digest SHA-256 of the package in hexadecimal, or empty
    /// @param repository of the commit that the version is, empty for Hex itself
    static PackageFound locked(String name, String version, String digest, String repository) {
        var found = PackageFound.ofLanguage(PackageType.HEX, "", name, version, List.of(), "")
                .declared()
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.DIGEST,
                        digest.length() == SHA256_LENGTH ? "sha256:" + digest.toLowerCase(Locale.ROOT) : "")));
        return repository.isEmpty() || !ListedPackages.isWord(repository)
                ? found
                : found.withQualifiers(Map.of("vcs_url", "git+" + repository + "@" + version));
    }
}
