package dev.plimsoll.policy.testing;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads packages of small facts.
final class PackageFacts {

    static final Set<String> MEMBERS = Set.of("purl", "layer", "licenses", "path", "source", "owned_files");

    private PackageFacts() {}

    static Optional<ImagePackage> read(Place place) {
        place.knowsOnly(MEMBERS);
        var purl = place.required("purl").flatMap(text -> purl(place, "purl", text));
        var layer = SmallFactsReader.layer(place);
        var paths =
                place.texts("path").stream().map(SmallFactsReader::withoutSlash).toList();
        var licenses = place.texts("licenses");
        var owned = place.texts("owned_files").stream()
                .map(SmallFactsReader::withoutSlash)
                .toList();
        var source = place.optional("source");
        return purl.map(found -> item(found, layer, paths, licenses, owned, source));
    }

    /// A package of which only the URL is given; it lies in the lowest layer.
    static ImagePackage bare(PackageUrl purl) {
        return item(purl, 0, List.of(), List.of(), List.of(), Optional.empty());
    }

    static Optional<PackageUrl> purl(Place place, String member, String text) {
        var purl = PackageUrl.parse(text);
        if (purl.isEmpty()) {
            place.error(member, "no package URL; one looks like pkg:deb/debian/curl@7.88.1-10");
            return Optional.empty();
        }
        if (PackageType.of(purl.get().type()).isEmpty()) {
            place.error(member, "unknown type of package '" + purl.get().type() + "'");
            return Optional.empty();
        }
        return purl;
    }

    private static ImagePackage item(
            PackageUrl purl,
            int layer,
            List<String> paths,
            List<String> licenses,
            List<String> owned,
            Optional<String> source) {
        var type = PackageType.of(purl.type()).orElseThrow();
        return new ImagePackage(
                purl,
                type,
                purl.displayName(),
                purl.version(),
                source.or(() -> type.ofDistribution() ? Optional.of(purl.name()) : Optional.empty())
                        .map(name -> new ImagePackage.SourcePackage(name, purl.version())),
                purl.qualifier("arch").orElse(""),
                "",
                Evidence.INSTALLED,
                "test/1",
                paths.stream().map(path -> new Location(path, layer)).toList(),
                OptionalInt.of(layer),
                licenses,
                owned,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of());
    }
}
