package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a document says of the image itself. Not safe for several threads.
final class ImageDraft {

    /// Names of transport for people and for results.
    static final String TRANSPORT = "sbom";

    /// Of names and of names with a digest; further ones are passed over.
    private static final int MAX_NAMES = 1000;

    private final List<String> names = new ArrayList<>();
    private final List<String> repoDigests = new ArrayList<>();
    Optional<Digest> id = Optional.empty();
    Optional<Digest> manifestDigest = Optional.empty();
    Optional<Platform> platform = Optional.empty();
    Optional<ImageConfiguration> configuration = Optional.empty();
    private List<LayerFacts> layers = List.of();
    private final Map<Digest, Integer> indexes = new HashMap<>();

    /// A name, where the text is one: many documents have a path or a title there.
    void name(String text) {
        if (!ImageName.isOne(text) || names.size() == MAX_NAMES) {
            return;
        }
        int at = text.indexOf('@');
        if (at >= 0) {
            repoDigest(text);
        }
        names.add(at >= 0 ? text.substring(0, at) : text);
    }

    /// `registry.example/shop/web@sha256:…`.
    void repoDigest(String text) {
        if (ImageName.isOne(text) && text.indexOf('@') >= 0 && repoDigests.size() < MAX_NAMES) {
            repoDigests.add(text);
        }
    }

    /// Lowest first.
    void layers(List<LayerFacts> facts) {
        layers = facts;
        indexes.clear();
        for (int i = 0; i < facts.size(); i++) {
            var index = i;
            facts.get(i).diffId().ifPresent(diffId -> indexes.putIfAbsent(diffId, index));
        }
    }

    /// The index where there is such a layer.
    OptionalInt known(OptionalInt index) {
        return index.isPresent() && index.getAsInt() < layers.size() ? index : OptionalInt.empty();
    }

    /// What Plimsoll said of the image, in place of what the format has words for.
    void said(Map<String, List<String>> values) {
        names.clear();
        repoDigests.clear();
        names.addAll(most(values.getOrDefault(PlimsollProperties.IMAGE_NAME, List.of())));
        repoDigests.addAll(most(values.getOrDefault(PlimsollProperties.REPO_DIGEST, List.of())));
        id = first(values, PlimsollProperties.IMAGE_ID).flatMap(Digest::parse);
        manifestDigest = first(values, PlimsollProperties.MANIFEST_DIGEST).flatMap(Digest::parse);
        platform = first(values, PlimsollProperties.PLATFORM).flatMap(Platform::parse);
        var facts = new ArrayList<LayerFacts>();
        for (var text : values.getOrDefault(PlimsollProperties.LAYER, List.of())) {
            var layer = JsonDocument.object(text).orElse(JsonObject.EMPTY);
            facts.add(new LayerFacts(
                    layer.string("digest").flatMap(Digest::parse),
                    layer.string("diffId").flatMap(Digest::parse),
                    layer.string("mediaType").orElse(""),
                    size(layer, "size"),
                    size(layer, "unpackedSize"),
                    layer.string("createdBy").orElse("")));
        }
        layers(facts);
    }

    private static List<String> most(List<String> texts) {
        return texts.subList(0, Math.min(texts.size(), MAX_NAMES));
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static OptionalLong size(JsonObject layer, String name) {
        var size = JsonDocument.number(layer, name);
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    OptionalInt indexOf(Optional<Digest> diffId) {
        return diffId.map(indexes::get).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /// The package URL of an image.
    ///
    /// Source: purl-spec, type `oci`: the version is the digest of the manifest; `repository_url`, `tag`, `arch`.
    void packageUrl(PackageUrl url) {
        if (!url.type().equals("oci")) {
            return;
        }
        var digest = Digest.parse(url.version());
        manifestDigest = manifestDigest.or(() -> digest);
        var repository = url.qualifier("repository_url").orElse("");
        if (repository.isEmpty()) {
            return;
        }
        url.qualifier("tag").ifPresent(tag -> name(repository + ":" + tag));
        digest.ifPresent(known -> repoDigest(repository + "@" + known));
    }

    ImageFacts facts() {
        return new ImageFacts(
                TRANSPORT, names, repoDigests, id, manifestDigest, platform, configuration, false, layers);
    }
}
