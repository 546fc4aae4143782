package dev.plimsoll.inventory;

import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a file of a layer says, without knowledge of the image: assembly adds the distribution, ownership and the layer
/// of origin.
public sealed interface Fact {

    /// A package.
    ///
    /// @param namespace of the package URL where the ecosystem has one (`@babel`, a Maven group, `github.com/a`);
    ///     empty for distributions, whose vendor assembly adds
    /// @param name last part of the package URL
    /// @param key what other facts name it by ({@link OwnedFiles}, {@link Licenses}): for dpkg `name` or
    ///     `name:architecture`; empty where nothing does
    /// @param qualifiers for the package URL, without `distro`: `arch`, `epoch`, `upstream`
    /// @param place within the file, for archives in archives: `BOOT-INF/lib/a.jar!/META-INF/…`; empty for the file
    ///     itself
    record PackageFound(
            PackageType type,
            String namespace,
            String name,
            String version,
            Optional<SourcePackage> source,
            String architecture,
            String modularity,
            Evidence evidence,
            String key,
            Map<String, String> qualifiers,
            List<String> licenses,
            List<String> ownedFiles,
            String place)
            implements Fact {

        /// A language's package: no source, no architecture, no owned files.
        public static PackageFound ofLanguage(
                PackageType type, String namespace, String name, String version, List<String> licenses, String place) {
            return new PackageFound(
                    type,
                    namespace,
                    name,
                    version,
                    Optional.empty(),
                    "",
                    "",
                    Evidence.INSTALLED,
                    "",
                    Map.of(),
                    licenses,
                    List.of(),
                    place);
        }
    }

    /// Paths that belong to a package which another file lists.
    ///
    /// @param key see {@link PackageFound#key()}
    record OwnedFiles(PackageType type, String key, List<String> paths) implements Fact {}

    /// Licences of a package which another file lists.
    record Licenses(PackageType type, String key, List<String> names) implements Fact {}

    /// What an os-release says.
    record DistributionFound(Distribution distribution) implements Fact {}
}
