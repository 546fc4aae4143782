package dev.plimsoll.report.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.formats.ReportFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/// Inventories by chance, of a seed, with everything that a package can have.
final class Samples {

    static final Instant AT = Instant.parse("2026-06-01T10:20:30.5Z");

    private static final List<String> TEXTS = List.of(
            "MIT",
            "GPL-2+ and BSD-3-clause",
            "Apache License, Version 2.0",
            "a licence of our own: see <https://example.test/?a=1&b=2>",
            "LicenseRef-Proprietary",
            "Ünïcode \"quoted\" ]]> </text> \\ text",
            "two\nlines\tand a tab");

    private static final List<PackageType> TYPES = List.of(
            PackageType.DEB,
            PackageType.NPM,
            PackageType.MAVEN,
            PackageType.PYPI,
            PackageType.GOLANG,
            PackageType.GENERIC,
            PackageType.GEM);

    private final Random random;
    private final List<LayerFacts> layers = new ArrayList<>();
    private final List<ImagePackage> packages = new ArrayList<>();

    private Samples(long seed) {
        this.random = new Random(seed);
    }

    static Result result(long seed) {
        return result(new Samples(seed).inventory());
    }

    static Result result(Inventory inventory) {
        return new Result("0.1", "registry.example/shop/web:1.4", AT, inventory, Optional.empty(), Optional.empty());
    }

    static byte[] written(String format, Result result) throws IOException {
        return written(ReportFormats.named(format).orElseThrow(), result);
    }

    static byte[] written(ReportFormat format, Result result) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(result, Presentation.PLAIN, out);
        return out.toByteArray();
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Digest digest() {
        return Digest.sha256(String.format("%064x", random.nextLong() & Long.MAX_VALUE));
    }

    private OptionalInt layer() {
        return layers.isEmpty() || random.nextInt(5) == 0
                ? OptionalInt.empty()
                : OptionalInt.of(random.nextInt(layers.size()));
    }

    private Inventory inventory() {
        for (int i = random.nextInt(4); i > 0; i--) {
            layers.add(new LayerFacts(
                    chance() ? Optional.of(digest()) : Optional.empty(),
                    chance() ? Optional.of(digest()) : Optional.empty(),
                    chance() ? "application/vnd.oci.image.layer.v1.tar+gzip" : "",
                    chance() ? OptionalLong.of(random.nextInt(1 << 20)) : OptionalLong.empty(),
                    chance() ? OptionalLong.of(random.nextInt(1 << 20)) : OptionalLong.empty(),
                    chance() ? "RUN apt-get install \"x\" && true # <b>" : ""));
        }
        var distribution = chance()
                ? Optional.of(new Distribution("ubuntu", "24.04", "noble", List.of("debian"), "Ubuntu 24.04 LTS"))
                : Optional.<Distribution>empty();
        for (int i = 0; i < 12; i++) {
            packages.add(item(i, distribution));
        }
        return new Inventory(
                new ImageFacts(
                        "sbom",
                        chance() ? List.of("registry.example/shop/web:1.4") : List.of(),
                        chance() ? List.of("registry.example/shop/web@" + digest()) : List.of(),
                        chance() ? Optional.of(digest()) : Optional.empty(),
                        chance() ? Optional.of(digest()) : Optional.empty(),
                        chance() ? Optional.of(new Platform("linux", "arm64", chance() ? "v8" : "")) : Optional.empty(),
                        Optional.empty(),
                        false,
                        layers),
                distribution,
                packages,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                chance()
                        ? List.of(
                                new Unknown("app/broken.jar", layer(), "entry 3", "a broken archive: <\u0007>"),
                                new Unknown("", OptionalInt.empty(), "", "nothing more"))
                        : List.of(),
                List.of("dpkg-database/3"),
                Optional.empty(),
                Optional.empty(),
                Contents.notCollected());
    }

    private ImagePackage item(int number, Optional<Distribution> distribution) {
        var type = oneOf(TYPES);
        var declared = chance();
        var version = number + "." + random.nextInt(100) + (type == PackageType.DEB ? "-1~é+b1" : "+x");
        var qualifiers = new TreeMap<String, String>();
        if (type == PackageType.DEB) {
            qualifiers.put("arch", "arm64");
            distribution.ifPresent(found -> qualifiers.put("distro", found.qualifier()));
        }
        var namespace = switch (type) {
            case DEB -> "ubuntu";
            case MAVEN -> "org.example";
            case NPM -> chance() ? "@scope" : "";
            case GOLANG -> "github.com/example";
            default -> "";
        };
        var purl = PackageUrl.of(type, namespace, "name" + number, version, qualifiers);
        var locations = new ArrayList<Location>();
        for (int i = random.nextInt(3); i > 0; i--) {
            locations.add(new Location("usr/lib/a, b/" + random.nextInt(9) + "/x.jar!/META-INF/<é>", layer()));
        }
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        for (var property : PackageProperty.values()) {
            if (random.nextInt(3) == 0) {
                properties.put(property, oneOf(TEXTS));
            }
        }
        if (chance()) {
            properties.put(PackageProperty.DIGEST, "sha1:" + "0a".repeat(20));
            properties.put(PackageProperty.HOMEPAGE, "https://example.test/?a=1&b=2");
            properties.put(PackageProperty.SCOPE, "development");
        }
        var dependencies = new ArrayList<PackageUrl>();
        packages.stream().filter(_ -> random.nextInt(4) == 0).forEach(other -> dependencies.add(other.purl()));
        if (random.nextInt(4) == 0) {
            dependencies.add(PackageUrl.parse("pkg:npm/elsewhere@1").orElseThrow());
        }
        var owner = packages.stream()
                .filter(other -> other.type() == PackageType.DEB && type != PackageType.DEB && chance())
                .map(ImagePackage::purl)
                .findFirst();
        return new ImagePackage(
                purl,
                type,
                random.nextInt(4) == 0 ? "Written_" + number : purl.displayName(),
                version,
                chance() ? Optional.of(new SourcePackage("source" + number, version)) : Optional.empty(),
                type == PackageType.DEB ? "arm64" : "",
                random.nextInt(4) == 0 ? "nodejs:18:1:2" : "",
                declared ? Evidence.DECLARED : Evidence.INSTALLED,
                "dpkg-database/3",
                locations,
                layer(),
                chance() ? List.of(oneOf(TEXTS), oneOf(TEXTS)) : List.of(),
                List.of(),
                owner,
                chance() ? List.of("cpe:2.3:a:b:c:1:*:*:*:*:*:*:*", "cpe:2.3:a:b:d\\&e:1:*:*:*:*:*:*:*") : List.of(),
                dependencies,
                properties);
    }

    /// A package of a test, with nothing but what it must have.
    static ImagePackage plain(PackageType type, String name, String version, Map<PackageProperty, String> properties) {
        return new ImagePackage(
                PackageUrl.of(type, "", name, version, Map.of()),
                type,
                name,
                version,
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                "test/1",
                List.of(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                properties);
    }
}
