package dev.plimsoll.matching;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A package in its context: everything that what is found of it depends on, but for the advisory data, and its
/// package URL. What is found of it holds for every image that has it.
///
/// @param release as which the image is judged, empty where that is not known
/// @param symbols of a Go module, which tell what of it is in the program
public record DistinctPackage(
        Optional<DistributionRelease> release,
        PackageUrl purl,
        PackageType type,
        String name,
        String version,
        Optional<SourcePackage> source,
        String architecture,
        String modularity,
        Optional<PackageUrl> ownedBy,
        Optional<String> symbols) {

    /// A name under which advisories are looked up for a package.
    public record LookUp(Ecosystem ecosystem, String name) {}

    /// What matters of a package of an image that is judged as that release.
    public static DistinctPackage of(Optional<DistributionRelease> release, ImagePackage item) {
        return new DistinctPackage(
                release,
                item.purl(),
                item.type(),
                item.name(),
                item.version(),
                item.source(),
                item.architecture(),
                item.modularity(),
                item.ownedBy(),
                Optional.ofNullable(item.properties().get(PackageProperty.SYMBOLS)));
    }

    /// The release as which an image is judged: what the options say, else what the image says of itself.
    public static Optional<DistributionRelease> release(Inventory inventory, MatchOptions options) {
        return Matcher.release(inventory, options);
    }

    /// The package without what it has of its image and what nothing depends on, such as its list of files.
    public ImagePackage item() {
        return new ImagePackage(
                purl,
                type,
                name,
                version,
                source,
                architecture,
                modularity,
                Evidence.INSTALLED,
                "",
                List.of(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                ownedBy,
                List.of(),
                List.of(),
                symbols.map(text -> Map.of(PackageProperty.SYMBOLS, text)).orElse(Map.of()));
    }

    /// Under which names advisories are looked up for it; none where nothing can be looked up. What is found
    /// of it can only change where what is kept under one of them changes, or a record that shares an id with
    /// what was found.
    public List<LookUp> lookUps() {
        return Comparison.searches(item(), release).stream()
                .map(search -> new LookUp(search.ecosystem(), search.name()))
                .distinct()
                .toList();
    }

    /// The names, as endoflife.date has them, of the products with a life cycle of their own that it may be; none for
    /// nearly every package. There are several where the maker decides, whom only the image knows.
    public List<String> products() {
        return Products.names(item());
    }
}
