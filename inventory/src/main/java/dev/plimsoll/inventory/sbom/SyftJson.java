package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Syft's own JSON, which says more of an image than the standards have room for: layers, manifest and configuration.
///
/// Source: Syft, `schema/json`, version 16; older versions have the same members as far as they are read here.
final class SyftJson {

    private static final String OWNERSHIP = "ownership-by-file-overlap";

    /// In bytes; as for manifests of images.
    private static final int MAX_MANIFEST = 4 << 20;

    private final InventoryDraft draft;

    SyftJson(SbomLimits limits) {
        this.draft = new InventoryDraft(limits);
    }

    static boolean isOne(JsonObject root) {
        return root.object("descriptor").string("name").orElse("").equals("syft")
                || root.object("schema").string("url").orElse("").contains("anchore/syft");
    }

    InventoryDraft draft() {
        return draft;
    }

    /// An element of `artifacts`.
    void artifact(int index, JsonObject element) throws SbomException {
        var component = new Component(
                "artifacts/" + index,
                element.string("name").orElse(""),
                element.string("version").orElse(""));
        component.packageUrl = element.string("purl").orElse("");
        component.reference = element.string("id").orElse("");
        component.ofNoEcosystem = CycloneDxDocument.SYFT_WITHOUT_ECOSYSTEM.contains(
                element.string("type").orElse(""));
        var metadata = element.object("metadata");
        component.said.putAll(JsonDocument.lists(element.object("plimsoll")));
        component.owner = component.said(PlimsollProperties.OWNED_BY);
        for (var cpe : element.objects("cpes")) {
            cpe.string("cpe").ifPresent(component.cpes::add);
        }
        component.modularity = metadata.string("modularityLabel").orElse("");
        component.source = source(element, metadata);
        for (var license : element.objects("licenses")) {
            license.string("spdxExpression")
                    .filter(text -> !text.isEmpty())
                    .or(() -> license.string("value"))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(component.licenses::add);
        }
        // until 2023 a list of texts
        component.licenses.addAll(element.strings("licenses"));
        var said = component.said.getOrDefault(PlimsollProperties.LOCATION, List.of());
        component.locations.addAll(
                said.isEmpty()
                        ? locations(element)
                        : said.stream().map(PlimsollProperties::place).toList());
        for (var file : metadata.objects("files")) {
            file.string("path")
                    .map(path -> path.startsWith("/") ? path.substring(1) : path)
                    .filter(path -> !path.isEmpty() && ofDistribution(element))
                    .ifPresent(component.ownedFiles::add);
        }
        draft.component(component);
    }

    private static boolean ofDistribution(JsonObject element) {
        return List.of("deb", "rpm", "apk", "alpm")
                .contains(element.string("type").orElse(""));
    }

    /// Of dpkg; those of rpm and apk stand in the package URL.
    private static Optional<SourcePackage> source(JsonObject element, JsonObject metadata) {
        if (!element.string("type").orElse("").equals("deb")) {
            return Optional.empty();
        }
        var name = metadata.string("source").orElse("");
        var version = metadata.string("sourceVersion").orElse("");
        return name.isEmpty() ? Optional.empty() : Optional.of(new SourcePackage(name, version));
    }

    /// Where some are marked as the primary evidence, those.
    private static List<Component.Place> locations(JsonObject element) {
        var all = element.objects("locations");
        var primary = all.stream()
                .filter(location -> location.object("annotations")
                        .string("evidence")
                        .orElse("")
                        .equals("primary"))
                .toList();
        var places = new ArrayList<Component.Place>();
        for (var location : primary.isEmpty() ? all : primary) {
            location.string("path")
                    .ifPresent(path -> places.add(
                            Component.Place.of(path, location.string("layerID").orElse(""))));
        }
        return places;
    }

    /// An element of `artifactRelationships`.
    void relationship(int index, JsonObject element) throws SbomException {
        var parent = element.string("parent").orElse("");
        var child = element.string("child").orElse("");
        switch (element.string("type").orElse("")) {
            case OWNERSHIP -> draft.owns(parent, child);
            case "dependency-of" -> draft.needs(child, parent);
            default -> {
                // files, which are not listed
            }
        }
    }

    DocumentReading.Read finish(JsonObject root) throws SbomException {
        var descriptor = root.object("descriptor");
        draft.tool(
                descriptor.string("name").orElse("syft"),
                descriptor.string("version").orElse(""));
        draft.saysOwners();
        var distro = root.object("distro");
        DistributionName.said(JsonDocument.lists(distro.object("plimsoll"))).ifPresent(draft::distribution);
        var like = new ArrayList<>(distro.strings("idLike"));
        distro.string("idLike").ifPresent(like::add);
        distro.string("id")
                .flatMap(id -> DistributionName.of(
                        id,
                        distro.string("versionID").orElse(""),
                        distro.string("versionCodename").orElse(""),
                        like,
                        distro.string("prettyName").orElse("")))
                .ifPresent(draft::distribution);
        var source = root.object("source");
        // until version 1 the members of `metadata` lay in `target`
        var image = source.object("metadata").members().isEmpty() ? source.object("target") : source.object("metadata");
        if (source.string("type").orElse("").equals("image")) {
            image(image);
        }
        draft.said(JsonDocument.lists(root.object("plimsoll")));
        var version = root.object("schema").string("version").orElse("");
        return new DocumentReading.Read(
                "Syft JSON" + (version.isEmpty() ? "" : " " + InventoryDraft.shown(version)), "syft-document/1", draft);
    }

    private void image(JsonObject source) {
        var image = draft.image;
        source.string("userInput").ifPresent(image::name);
        source.strings("tags").forEach(image::name);
        source.strings("repoDigests").forEach(image::repoDigest);
        image.manifestDigest = source.string("manifestDigest").flatMap(Digest::parse);
        var manifest = decoded(source, "manifest");
        image.id = manifest.flatMap(
                        found -> found.object("config").string("digest").flatMap(Digest::parse))
                .or(() -> source.string("imageID").flatMap(Digest::parse));
        var os = source.string("os").orElse("");
        var architecture = source.string("architecture").orElse("");
        if (!os.isEmpty() && !architecture.isEmpty()) {
            image.platform = Optional.of(
                    new Platform(os, architecture, source.string("variant").orElse("")));
        }
        var configuration = decoded(source, "config").flatMap(SyftJson::configuration);
        image.configuration = configuration;
        configuration.ifPresent(
                found -> image.platform = Optional.of(new Platform(found.os(), found.architecture(), found.variant())));
        var diffIds = configuration
                .map(found -> found.diffIds().stream().map(Optional::of).toList())
                .orElseGet(() -> source.objects("layers").stream()
                        .map(layer -> layer.string("digest").flatMap(Digest::parse))
                        .toList());
        image.layers(layers(
                diffIds,
                manifest,
                configuration
                        .map(found -> found.history().stream()
                                .filter(step -> !step.emptyLayer())
                                .map(step -> step.createdBy())
                                .toList())
                        .orElse(List.of())));
    }

    private static List<LayerFacts> layers(
            List<Optional<Digest>> diffIds, Optional<JsonObject> manifest, List<String> steps) {
        var blobs = manifest.map(found -> found.objects("layers")).orElse(List.of());
        var layers = new ArrayList<LayerFacts>();
        for (int i = 0; i < diffIds.size(); i++) {
            var blob = blobs.size() == diffIds.size() ? blobs.get(i) : JsonObject.EMPTY;
            var size = JsonDocument.number(blob, "size");
            layers.add(new LayerFacts(
                    blob.string("digest").flatMap(Digest::parse),
                    diffIds.get(i),
                    blob.string("mediaType").orElse(""),
                    size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                    OptionalLong.empty(),
                    steps.size() == diffIds.size() ? steps.get(i) : ""));
        }
        return layers;
    }

    /// A JSON text in base64; empty where there is none.
    private Optional<JsonObject> decoded(JsonObject source, String name) {
        var text = source.string(name).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(text);
            return JsonReader.read(bytes, JsonLimits.FOREIGN.withBytes(MAX_MANIFEST)) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (IllegalArgumentException | JsonException e) {
            draft.unknown("source/metadata/" + name, "could not be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Empty where a diff id is no digest, so that nobody knows the layers.
    private static Optional<ImageConfiguration> configuration(JsonObject document) {
        try {
            return Optional.of(ConfigurationReader.read(document, "config"));
        } catch (ImageException _) {
            return Optional.empty();
        }
    }
}
