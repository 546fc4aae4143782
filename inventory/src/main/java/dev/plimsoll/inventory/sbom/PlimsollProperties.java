package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What Plimsoll says of packages and images beyond the words of the standards, as names with values. Every format
/// carries them in its own place, and {@link SbomReader} reads them there. docs/sbom.md lists them.
public final class PlimsollProperties {

    /// What stands before the name where names of several programs stand together.
    public static final String PREFIX = "plimsoll:";

    static final String ANALYZER = "analyzer";
    static final String ARCHITECTURE = "architecture";
    static final String BASE_DIGEST = "base-digest";
    static final String BASE_NAME = "base-name";
    static final String CPE = "cpe";
    static final String DEPENDS_ON = "depends-on";
    static final String EVIDENCE = "evidence";
    static final String IMAGE_ID = "image-id";
    static final String IMAGE_NAME = "image-name";
    static final String LAYER = "layer";
    static final String LICENSE = "license";
    static final String LOCATION = "location";
    static final String MANIFEST_DIGEST = "manifest-digest";
    static final String MODULARITY = "modularity";
    static final String NAME = "name";
    static final String OWNED_BY = "owned-by";
    static final String PLATFORM = "platform";
    static final String PROPERTY = "property:";
    static final String REPO_DIGEST = "repo-digest";
    static final String SOURCE_NAME = "source-name";
    static final String SOURCE_VERSION = "source-version";
    static final String TRANSPORT = "transport";
    static final String UNIDENTIFIED = "unidentified";
    static final String UNKNOWN = "unknown";
    static final String UNSAID = "unsaid";
    static final String VERSION = "version";
    static final String DISTRIBUTION_ID = "distribution-id";
    static final String DISTRIBUTION_VERSION = "distribution-version";
    static final String DISTRIBUTION_CODENAME = "distribution-codename";
    static final String DISTRIBUTION_LIKE = "distribution-like";
    static final String DISTRIBUTION_NAME = "distribution-name";

    /// Between index and path of a location: `3:/usr/bin/tool`. A path without an index begins with a slash.
    private static final String AFTER_LAYER = ":";

    private static final String BASE_LABELS = "org.opencontainers.image.base.";

    private PlimsollProperties() {}

    /// Of a package, names sorted. Edges to packages that the document has are not among them.
    ///
    /// @param elsewhere dependencies that no package of the document stands for
    public static Map<String, List<String>> of(ImagePackage item, List<PackageUrl> elsewhere) {
        var values = new TreeMap<String, List<String>>();
        put(values, EVIDENCE, item.evidence() == Evidence.DECLARED ? "declared" : "installed");
        put(values, ANALYZER, item.analyzer());
        item.layer().ifPresent(layer -> put(values, LAYER, String.valueOf(layer)));
        item.locations().forEach(location -> put(values, LOCATION, written(location)));
        item.ownedBy().ifPresent(owner -> put(values, OWNED_BY, owner.toString()));
        putUnlessEmpty(values, MODULARITY, item.modularity());
        item.source().ifPresent(source -> {
            put(values, SOURCE_NAME, source.name());
            put(values, SOURCE_VERSION, source.version());
        });
        putUnlessEmpty(values, ARCHITECTURE, item.architecture());
        if (!item.name().equals(item.purl().displayName())) {
            put(values, NAME, item.name());
        }
        if (!item.version().equals(item.purl().version())) {
            put(values, VERSION, item.version());
        }
        item.licenses().forEach(license -> put(values, LICENSE, license));
        item.cpes().forEach(cpe -> put(values, CPE, cpe));
        elsewhere.forEach(url -> put(values, DEPENDS_ON, url.toString()));
        item.properties().forEach((property, value) -> put(values, PROPERTY + property.word(), value));
        return values;
    }

    private static String written(Location location) {
        var layer = location.layer();
        return (layer.isPresent() ? layer.getAsInt() + AFTER_LAYER : "") + "/" + location.path();
    }

    /// What {@link #written} wrote; other programs write the path alone.
    static Component.Place place(String text) {
        int colon = text.indexOf(AFTER_LAYER);
        if (colon > 0 && colon < 7 && text.substring(0, colon).chars().allMatch(c -> c >= '0' && c <= '9')) {
            var place = Component.Place.of(text.substring(colon + 1), "");
            return new Component.Place(
                    place.path(), place.diffId(), OptionalInt.of(Integer.parseInt(text.substring(0, colon))));
        }
        return Component.Place.of(text, "");
    }

    /// Of the image as a whole, with what is not known of it; names sorted.
    public static Map<String, List<String>> of(Inventory inventory) {
        var values = new TreeMap<String, List<String>>();
        var image = inventory.image();
        put(values, TRANSPORT, image.transport());
        image.names().forEach(name -> put(values, IMAGE_NAME, name));
        image.repoDigests().forEach(name -> put(values, REPO_DIGEST, name));
        image.id().ifPresent(id -> put(values, IMAGE_ID, id.toString()));
        image.manifestDigest().ifPresent(digest -> put(values, MANIFEST_DIGEST, digest.toString()));
        image.platform().ifPresent(platform -> put(values, PLATFORM, platform.toString()));
        for (int i = 0; i < image.layers().size(); i++) {
            var layer = image.layers().get(i);
            put(values, LAYER, object(json -> layer(json, layer)));
        }
        image.configuration().ifPresent(configuration -> {
            base(configuration.labels(), values, BASE_NAME, "name");
            base(configuration.labels(), values, BASE_DIGEST, "digest");
        });
        inventory.analyzers().forEach(analyzer -> put(values, ANALYZER, analyzer));
        inventory.unknowns().forEach(unknown -> put(values, UNKNOWN, object(json -> unknown(json, unknown))));
        inventory.document().ifPresent(document -> {
            document.unsaid().forEach(fact -> put(values, UNSAID, fact.word()));
            put(values, UNIDENTIFIED, String.valueOf(document.unidentified()));
        });
        return values;
    }

    /// Source: OCI Image Specification, "Annotations", `org.opencontainers.image.base.*`.
    private static void base(
            Map<String, String> labels, Map<String, List<String>> values, String property, String word) {
        putUnlessEmpty(values, property, labels.getOrDefault(BASE_LABELS + word, ""));
    }

    /// Of the distribution, names sorted.
    public static Map<String, List<String>> of(Distribution distribution) {
        var values = new TreeMap<String, List<String>>();
        put(values, DISTRIBUTION_ID, distribution.id());
        putUnlessEmpty(values, DISTRIBUTION_VERSION, distribution.versionId());
        putUnlessEmpty(values, DISTRIBUTION_CODENAME, distribution.codename());
        distribution.like().forEach(like -> put(values, DISTRIBUTION_LIKE, like));
        putUnlessEmpty(values, DISTRIBUTION_NAME, distribution.prettyName());
        return values;
    }

    private static void layer(JsonWriter json, LayerFacts layer) {
        json.member("digest", layer.digest().map(Digest::toString));
        json.member("diffId", layer.diffId().map(Digest::toString));
        if (!layer.mediaType().isEmpty()) {
            json.member("mediaType", layer.mediaType());
        }
        layer.size().ifPresent(size -> json.member("size", size));
        layer.unpackedSize().ifPresent(size -> json.member("unpackedSize", size));
        if (!layer.createdBy().isEmpty()) {
            json.member("createdBy", layer.createdBy());
        }
    }

    private static void unknown(JsonWriter json, Unknown unknown) {
        if (!unknown.path().isEmpty()) {
            json.member("path", "/" + unknown.path());
        }
        unknown.layer().ifPresent(layer -> json.member("layer", layer));
        if (!unknown.place().isEmpty()) {
            json.member("place", unknown.place());
        }
        json.member("reason", unknown.reason());
    }

    /// A JSON object on one line.
    private static String object(Consumer<JsonWriter> members) {
        return line(json -> json.object(() -> members.accept(json)));
    }

    private static String line(Consumer<JsonWriter> body) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            body.accept(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    /// All names with their values as a JSON object on one line, behind the name of this program, for formats that have
    /// a comment to spare: `plimsoll: {"location":["0:/etc/passwd"]}`.
    public static String comment(Map<String, List<String>> values) {
        // the tag-value form of SPDX ends its texts with a mark, which must not stand within
        return PREFIX + " " + json(values).replace("</", "<\\/");
    }

    /// All names with their values as a JSON object on one line.
    public static String json(Map<String, List<String>> values) {
        return line(json -> json.object(() -> values.forEach(json::strings)));
    }

    private static void put(Map<String, List<String>> values, String name, String value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static void putUnlessEmpty(Map<String, List<String>> values, String name, String value) {
        if (!value.isEmpty()) {
            put(values, name, value);
        }
    }

    static OptionalInt index(String text) {
        return text.length() < 7 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /// The property of a package by its name here, empty where the name is none.
    static Optional<PackageProperty> property(String name) {
        return name.startsWith(PROPERTY) ? PackageProperty.of(name.substring(PROPERTY.length())) : Optional.empty();
    }
}
