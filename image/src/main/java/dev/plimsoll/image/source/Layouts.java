package dev.plimsoll.image.source;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.layer.Blob;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.stream.Collectors;

/// Opens images of OCI layouts.
///
/// Source: OCI Image Specification, "Image Layout" and "Image Manifest".
final class Layouts {

    /// Of names in a message.
    private static final int MAX_SHOWN = 20;

    private Layouts() {}

    /// @param tag a name, or a digest behind an `@`; empty for the only image
    static OpenedImage open(Container container, Optional<String> tag, OpenOptions options) throws IOException {
        var documents = new Documents(container, options.limits());
        return open(documents, new ManifestFinder(documents, options).find(tag));
    }

    /// Opens the image of a manifest that was found.
    static OpenedImage open(Documents documents, ManifestFinder.Candidate found) throws IOException {
        var container = documents.container();
        var descriptor = found.manifest();
        var manifest = documents.manifest(descriptor.digest());
        if (descriptor.size() != manifest.size()) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    manifest.name() + ": has " + manifest.size() + " bytes where its index says " + descriptor.size());
        }
        var document = configurationDocument(documents, manifest);
        var configuration = ConfigurationReader.read(document.object(), document.name());
        return new OpenedImage(
                "oci-layout",
                "OCI layout " + container.where(),
                found.top().names().stream().sorted().toList(),
                List.of(),
                document.digest(),
                Optional.of(descriptor.digest()),
                configuration,
                List.of(manifest.as(ImageDocument.Kind.MANIFEST), document.as(ImageDocument.Kind.CONFIGURATION)),
                blobs(documents, manifest, configuration),
                () -> {});
    }

    /// Where a layout keeps a blob.
    static String blob(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    /// Names for a message, not too many.
    static String join(SequencedCollection<String> texts) {
        return texts.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))
                + (texts.size() > MAX_SHOWN ? " and " + (texts.size() - MAX_SHOWN) + " more" : "");
    }

    private static Descriptor configurationDescriptor(Documents.Document manifest) throws ImageException {
        var root = manifest.object();
        if (root.number("schemaVersion").equals(Optional.of(BigDecimal.ONE))) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    manifest.name() + ": is a manifest of schema 1, a form that was given up in 2017; push or save the"
                            + " image again with a current tool");
        }
        if (!root.members().containsKey("config") || !root.members().containsKey("layers")) {
            throw new ImageException(
                    Kind.UNREADABLE, manifest.name() + ": is not an image manifest (config and layers)");
        }
        return Descriptor.read(root.object("config"), manifest.name() + "#/config");
    }

    static ImageConfiguration configuration(Documents documents, Documents.Document manifest) throws IOException {
        var document = configurationDocument(documents, manifest);
        return ConfigurationReader.read(document.object(), document.name());
    }

    static Documents.Document configurationDocument(Documents documents, Documents.Document manifest)
            throws IOException {
        var descriptor = configurationDescriptor(manifest);
        var document = documents.configuration(descriptor);
        if (descriptor.size() != document.size()) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    document.name() + ": has " + document.size() + " bytes where its manifest says "
                            + descriptor.size());
        }
        return document;
    }

    private static List<Blob> blobs(Documents documents, Documents.Document manifest, ImageConfiguration configuration)
            throws IOException {
        var layers = manifest.object().array("layers");
        if (layers.size() > documents.limits().layers()) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    manifest.name() + ": has " + layers.size() + " layers, over the limit of "
                            + documents.limits().layers() + " (--max-layers)");
        }
        var diffIds = configuration.diffIds();
        if (!diffIds.isEmpty() && diffIds.size() != layers.size()) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    manifest.name() + ": has " + layers.size() + " layers where its configuration has "
                            + diffIds.size());
        }
        var objects = manifest.object().objects("layers");
        if (objects.size() != layers.size()) {
            throw new ImageException(
                    Kind.UNREADABLE, manifest.name() + ": /layers holds something that is not an object");
        }
        List<Blob> blobs = new ArrayList<>();
        for (var i = 0; i < objects.size(); i++) {
            var descriptor = Descriptor.read(objects.get(i), manifest.name() + "#/layers/" + i);
            Optional<Digest> diffId = diffIds.isEmpty() ? Optional.empty() : Optional.of(diffIds.get(i));
            var layer = new LayerDescriptor(i, descriptor.digest(), diffId, descriptor.mediaType(), descriptor.size());
            blobs.add(blob(documents.container(), layer));
        }
        return blobs;
    }

    private static Blob blob(Container container, LayerDescriptor layer) throws IOException {
        var name = container.name(layer.digest());
        var content = container
                .blob(layer.digest(), layer.size())
                .orElseThrow(() -> new ImageException(
                        Kind.UNREADABLE,
                        container.where() + ": " + name + " (layer " + layer.number() + ") is missing"));
        if (content.length() != layer.size()) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    container.where() + ": " + name + " (layer " + layer.number() + ") has " + content.length()
                            + " bytes where the manifest says " + layer.size());
        }
        return new Blob(layer, content, Optional.of(layer.digest()), false);
    }
}
