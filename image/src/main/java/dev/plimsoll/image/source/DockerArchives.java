package dev.plimsoll.image.source;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.layer.Blob;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Opens images of the archives that `docker save` and its relatives write.
///
/// Source: Docker Image Specification v1.2, "Combined Image JSON + Filesystem Changeset Format".
final class DockerArchives {

    private static final Pattern CONFIGURATION_NAME = Pattern.compile("(?:blobs/sha256/)?([0-9a-f]{64})(?:\\.json)?");
    private static final Pattern BLOB_NAME = Pattern.compile("blobs/(sha256|sha512)/([0-9a-f]+)");

    private DockerArchives() {}

    /// @param tag a name, or the digest of the configuration behind an `@`; empty for the only image
    static OpenedImage open(Container container, Optional<String> tag, OpenOptions options) throws IOException {
        var documents = new Documents(container, options.limits());
        var manifest = documents.read("manifest.json");
        var entry = entry(container, manifest, tag);
        var name =
                entry.string("Config").orElseThrow(() -> unreadable(container, "manifest.json names no configuration"));
        var document = documents.read(name);
        var stated = CONFIGURATION_NAME.matcher(name);
        if (stated.matches() && !document.digest().hex().equals(stated.group(1))) {
            throw unreadable(container, name + " has digest " + document.digest() + ", not that of its name");
        }
        var configuration = ConfigurationReader.read(document.object(), document.name());
        refuseOtherPlatform(container.where(), configuration, options);
        return new OpenedImage(
                "docker-archive",
                "docker archive " + container.where(),
                entry.strings("RepoTags").stream().sorted().toList(),
                List.of(),
                document.digest(),
                Optional.empty(),
                configuration,
                List.of(manifest.as(ImageDocument.Kind.MANIFEST), document.as(ImageDocument.Kind.CONFIGURATION)),
                blobs(documents, entry, configuration),
                () -> {});
    }

    private static JsonObject entry(Container container, Documents.Document manifest, Optional<String> tag)
            throws IOException {
        if (!(manifest.value() instanceof JsonArray(var elements))) {
            throw unreadable(container, "manifest.json is not a JSON array");
        }
        List<JsonObject> entries = new ArrayList<>();
        for (var element : elements) {
            if (!(element instanceof JsonObject entry)) {
                throw unreadable(container, "manifest.json holds something that is not an object");
            }
            entries.add(entry);
        }
        var fitting = tag.isEmpty()
                ? entries
                : entries.stream().filter(entry -> isNamed(entry, tag.get())).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        var names = new TreeSet<String>();
        entries.forEach(entry -> names.add(name(entry)));
        var reason = entries.isEmpty()
                ? "holds no image"
                : fitting.isEmpty()
                        ? "holds no \"" + tag.orElse("") + "\"; there are: "
                        : "holds several images; name one of: ";
        throw new ImageException(Kind.NOT_FOUND, container.where() + ": " + reason + Layouts.join(names));
    }

    private static String name(JsonObject entry) {
        var tags = entry.strings("RepoTags");
        return tags.isEmpty() ? "@sha256:" + hex(entry) : tags.getFirst();
    }

    private static boolean isNamed(JsonObject entry, String tag) {
        return tag.startsWith("@")
                ? tag.equals("@sha256:" + hex(entry))
                : entry.strings("RepoTags").stream().anyMatch(own -> own.equals(tag) || own.endsWith(":" + tag));
    }

    private static String hex(JsonObject entry) {
        var matcher = CONFIGURATION_NAME.matcher(entry.string("Config").orElse(""));
        return matcher.matches() ? matcher.group(1) : "";
    }

    static void refuseOtherPlatform(String where, ImageConfiguration configuration, OpenOptions options)
            throws ImageException {
        var there = new Platform(configuration.os(), configuration.architecture(), configuration.variant());
        if (options.platform().isPresent()
                && !ManifestFinder.fits(options.platform().get(), there)) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    where + ": holds no image for " + options.platform().get() + "; there are: " + there);
        }
    }

    private static List<Blob> blobs(Documents documents, JsonObject entry, ImageConfiguration configuration)
            throws IOException {
        var container = documents.container();
        var names = entry.strings("Layers");
        if (names.size() > documents.limits().layers()) {
            throw unreadable(
                    container,
                    "has " + names.size() + " layers, over the limit of "
                            + documents.limits().layers() + " (--max-layers)");
        }
        if (names.size() != configuration.diffIds().size()) {
            throw unreadable(
                    container,
                    "manifest.json names " + names.size() + " layers, the configuration "
                            + configuration.diffIds().size());
        }
        List<Blob> blobs = new ArrayList<>();
        for (var i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var content = container.find(name).orElseThrow(() -> unreadable(container, name + " is missing"));
            var diffId = configuration.diffIds().get(i);
            var blobDigest = blobDigest(name);
            var layer = new LayerDescriptor(i, blobDigest.orElse(diffId), Optional.of(diffId), "", content.length());
            // the digest of a plain tar is its diff id: one of them is enough, and known for certain
            var plain = blobDigest.equals(Optional.of(diffId));
            blobs.add(new Blob(layer, content, blobDigest, !plain));
        }
        return blobs;
    }

    /// Newer archives keep layers as a layout does, under their digest.
    private static Optional<Digest> blobDigest(String name) {
        var matcher = BLOB_NAME.matcher(name);
        return matcher.matches() ? Digest.parse(matcher.group(1) + ":" + matcher.group(2)) : Optional.empty();
    }

    private static ImageException unreadable(Container container, String reason) {
        return new ImageException(Kind.UNREADABLE, container.where() + ": " + reason);
    }
}
