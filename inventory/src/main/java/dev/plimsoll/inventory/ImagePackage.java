package dev.plimsoll.inventory;

import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A package that an image holds.
///
/// @param purl with `distro`, `upstream`, `epoch`, `arch` where they apply
/// @param name as the ecosystem's people write it and as advisories are keyed: `libssl3`, `@babel/core`,
/// `group:artifact`, `github.com/a/b`
/// @param version as the package database writes it, epoch included where there is one: `1:2.3-4`
/// @param source the source package of a distribution's package; equal to name and version where it is the same
/// @param architecture as the database writes it, empty where there is none
/// @param modularity rpm's modularity label, empty where there is none
/// @param evidence whether it is installed or only declared
/// @param analyzer the analyzer that found it, `dpkg-database/1`
/// @param locations the visible files that prove it, sorted; empty where nobody knows where it lies
/// @param layer the index in {@link ImageFacts#layers()} of the lowest layer that lists it in that version; empty where
/// that is not known
/// @param licenses as the package says, sorted
/// @param ownedFiles paths that the package database says belong to it, sorted, without the leading slash; empty for
/// languages whose tools keep no such list: Python's do
/// @param ownedBy package URL of the distribution's package that owns its file, where there is one
/// @param cpes CPE 2.3 names where the evidence gives some, sorted
/// @param dependencies the packages of the image that it needs, sorted
/// @param properties what else the evidence says
public record ImagePackage(
        PackageUrl purl,
        PackageType type,
        String name,
        String version,
        Optional<SourcePackage> source,
        String architecture,
        String modularity,
        Evidence evidence,
        String analyzer,
        List<Location> locations,
        OptionalInt layer,
        List<String> licenses,
        List<String> ownedFiles,
        Optional<PackageUrl> ownedBy,
        List<String> cpes,
        List<PackageUrl> dependencies,
        Map<PackageProperty, String> properties) {

    public ImagePackage {
        locations = SortedOnce.of(locations);
        licenses = SortedOnce.of(licenses);
        ownedFiles = SortedOnce.of(ownedFiles);
        cpes = SortedOnce.of(cpes);
        dependencies = SortedOnce.of(dependencies);
        properties = properties.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(properties));
    }

    /// Without CPEs, dependencies and properties.
    public ImagePackage(
            PackageUrl purl,
            PackageType type,
            String name,
            String version,
            Optional<SourcePackage> source,
            String architecture,
            String modularity,
            Evidence evidence,
            String analyzer,
            List<Location> locations,
            OptionalInt layer,
            List<String> licenses,
            List<String> ownedFiles,
            Optional<PackageUrl> ownedBy) {
        this(
                purl,
                type,
                name,
                version,
                source,
                architecture,
                modularity,
                evidence,
                analyzer,
                locations,
                layer,
                licenses,
                ownedFiles,
                ownedBy,
                List.of(),
                List.of(),
                Map.of());
    }

    /// Who supplies it: its vendor, origin or maintainer, or the distribution; empty where nothing tells.
    public Optional<String> supplier() {
        return Stream.of(PackageProperty.VENDOR, PackageProperty.ORIGIN, PackageProperty.MAINTAINER)
                .flatMap(property -> Optional.ofNullable(properties.get(property)).stream())
                .findFirst()
                .or(() -> Optional.of(purl.namespace()).filter(name -> type.ofDistribution() && !name.isEmpty()));
    }

    /// The same package, owned by a distribution's package.
    public ImagePackage withOwner(PackageUrl owner) {
        return with(Optional.of(owner), dependencies);
    }

    /// The same package, with the packages that it needs.
    public ImagePackage withDependencies(List<PackageUrl> needed) {
        return with(ownedBy, needed);
    }

    private ImagePackage with(Optional<PackageUrl> owner, List<PackageUrl> needed) {
        return new ImagePackage(
                purl,
                type,
                name,
                version,
                source,
                architecture,
                modularity,
                evidence,
                analyzer,
                locations,
                layer,
                licenses,
                ownedFiles,
                owner,
                cpes,
                needed,
                properties);
    }

    /// How a package is known to be there.
    public enum Evidence {
        /// A package database or the installed files say so.
        INSTALLED,
        /// A lock file or the like says so.
        DECLARED
    }

    /// The source package that a binary package was built from.
    public record SourcePackage(String name, String version) {}

    /// A file that proves a package.
    ///
    /// @param path in the image, without the leading slash; `!/` stands before a path inside an archive
    /// @param layer index in {@link ImageFacts#layers()} of the layer whose file is visible, where that is known
    public record Location(String path, OptionalInt layer) implements Comparable<Location> {

        /// A place whose layer is known.
        public Location(String path, int layer) {
            this(path, OptionalInt.of(layer));
        }

        @Override
        public int compareTo(Location other) {
            var byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : Integer.compare(layer.orElse(-1), other.layer.orElse(-1));
        }
    }
}
