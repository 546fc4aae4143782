package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.layer.Blob;
import dev.plimsoll.image.layer.Layers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An image whose layers lie in files. Holds no file open between readings.
record OpenedImage(
        String transport,
        List<String> names,
        Digest id,
        Optional<Digest> manifestDigest,
        ImageConfiguration configuration,
        List<Blob> blobs)
        implements Image {

    OpenedImage {
        names = names.stream().distinct().sorted().toList();
        blobs = List.copyOf(blobs);
    }

    @Override
    public Platform platform() {
        return new Platform(configuration.os(), configuration.architecture(), configuration.variant());
    }

    @Override
    public List<LayerDescriptor> layers() {
        return blobs.stream().map(Blob::layer).toList();
    }

    @Override
    public <R> List<LayerResult<R>> readLayers(LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        return Layers.read(blobs, visitors, options);
    }

    @Override
    public void close() {
        // each reading opens and closes its own files
    }
}
