package dev.plimsoll.matching;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Builds inventories that hold nothing but a distribution and packages.
final class TestImage {

    private final Optional<Distribution> distribution;
    private final List<ImagePackage> packages = new ArrayList<>();

    private TestImage(Optional<Distribution> distribution) {
        this.distribution = distribution;
    }

    static TestImage of(String distribution) {
        return new TestImage(Distribution.parse(distribution));
    }

    static TestImage of(Distribution distribution) {
        return new TestImage(Optional.of(distribution));
    }

    static TestImage withoutDistribution() {
        return new TestImage(Optional.empty());
    }

    TestImage with(ImagePackage item) {
        packages.add(item);
        return this;
    }

    Inventory build() {
        var digest = Digest.sha256("0".repeat(64));
        var configuration = new ImageConfiguration(
                "linux",
                "amd64",
                "",
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                Map.of(),
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
        var facts = new ImageFacts(
                "oci-layout",
                List.of(),
                List.of(),
                Optional.of(digest),
                Optional.empty(),
                Optional.of(new Platform("linux", "amd64", "")),
                Optional.of(configuration),
                true,
                List.of());
        return new Inventory(
                facts,
                distribution,
                packages,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static ImagePackage deb(String name, String version, String source, String sourceVersion) {
        return item(PackageType.DEB, name, version, Optional.of(new SourcePackage(source, sourceVersion)), "amd64", "");
    }

    static ImagePackage deb(String name, String version) {
        return deb(name, version, name, version);
    }

    static ImagePackage apk(String name, String version, String origin) {
        return item(PackageType.APK, name, version, Optional.of(new SourcePackage(origin, version)), "x86_64", "");
    }

    static ImagePackage rpm(String name, String version, String source, String sourceVersion, String modularity) {
        return item(
                PackageType.RPM,
                name,
                version,
                Optional.of(new SourcePackage(source, sourceVersion)),
                "x86_64",
                modularity);
    }

    static ImagePackage language(PackageType type, String name, String version) {
        return item(type, name, version, Optional.empty(), "", "");
    }

    /// The same, with properties.
    static ImagePackage with(ImagePackage item, Map<PackageProperty, String> properties) {
        return new ImagePackage(
                item.purl(),
                item.type(),
                item.name(),
                item.version(),
                item.source(),
                item.architecture(),
                item.modularity(),
                item.evidence(),
                item.analyzer(),
                item.locations(),
                item.layer(),
                item.licenses(),
                item.ownedFiles(),
                item.ownedBy(),
                item.cpes(),
                item.dependencies(),
                properties);
    }

    static ImagePackage ownedBy(ImagePackage item, String owner) {
        return new ImagePackage(
                item.purl(),
                item.type(),
                item.name(),
                item.version(),
                item.source(),
                item.architecture(),
                item.modularity(),
                item.evidence(),
                item.analyzer(),
                item.locations(),
                item.layer(),
                item.licenses(),
                item.ownedFiles(),
                PackageUrl.parse(owner));
    }

    private static ImagePackage item(
            PackageType type,
            String name,
            String version,
            Optional<SourcePackage> source,
            String architecture,
            String modularity) {
        return new ImagePackage(
                PackageUrl.of(type, "", name, version, Map.of()),
                type,
                name,
                version,
                source,
                architecture,
                modularity,
                Evidence.INSTALLED,
                "test/1",
                List.of(new Location("var/lib/" + name, 0)),
                OptionalInt.of(0),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
