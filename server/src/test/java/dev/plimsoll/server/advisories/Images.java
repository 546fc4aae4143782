package dev.plimsoll.server.advisories;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Inventories that hold packages and nothing else.
final class Images {

    private Images() {}

    static Inventory of(String distribution, List<ImagePackage> packages) {
        return new Inventory(
                new ImageFacts(
                        "oci-layout",
                        List.of(),
                        List.of(),
                        Optional.of(Digest.sha256("0".repeat(64))),
                        Optional.empty(),
                        Optional.of(new Platform("linux", "amd64", "")),
                        Optional.empty(),
                        true,
                        List.of()),
                Distribution.parse(distribution),
                packages,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static ImagePackage npm(String name, String version, int layer) {
        return item(PackageType.NPM, name, version, Optional.empty(), Optional.empty(), layer);
    }

    static ImagePackage deb(String name, String version, int layer) {
        return item(
                PackageType.DEB, name, version, Optional.of(new SourcePackage(name, version)), Optional.empty(), layer);
    }

    static ImagePackage owned(String name, String version, int layer) {
        return item(
                PackageType.NPM,
                name,
                version,
                Optional.empty(),
                PackageUrl.parse("pkg:deb/debian/node-" + name + "@1"),
                layer);
    }

    private static ImagePackage item(
            PackageType type,
            String name,
            String version,
            Optional<SourcePackage> source,
            Optional<PackageUrl> owner,
            int layer) {
        return new ImagePackage(
                PackageUrl.of(type, "", name, version, Map.of()),
                type,
                name,
                version,
                source,
                type == PackageType.DEB ? "amd64" : "",
                "",
                Evidence.INSTALLED,
                "test/1",
                List.of(),
                OptionalInt.of(layer),
                List.of(),
                List.of(),
                owner);
    }
}
