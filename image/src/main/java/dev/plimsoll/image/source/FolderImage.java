package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.layer.Layers;
import dev.plimsoll.image.system.ExtendedAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files on disk, read as if they were an image of one layer: nothing describes it, and nothing verifies it.
record FolderImage(String transport, String origin, Path root) implements Image {

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public List<String> repoDigests() {
        return List.of();
    }

    @Override
    public Optional<Digest> id() {
        return Optional.empty();
    }

    @Override
    public Optional<Digest> manifestDigest() {
        return Optional.empty();
    }

    @Override
    public Optional<ImageConfiguration> configuration() {
        return Optional.empty();
    }

    @Override
    public boolean verified() {
        return false;
    }

    @Override
    public boolean tellsCapabilities() {
        return ExtendedAttributes.readable();
    }

    @Override
    public List<ImageDocument> documents() {
        return List.of();
    }

    @Override
    public List<LayerDescriptor> layers() {
        return List.of();
    }

    @Override
    public <R> List<LayerResult<R>> readLayers(LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        return List.of(Layers.readFolder(root, visitors, options));
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
