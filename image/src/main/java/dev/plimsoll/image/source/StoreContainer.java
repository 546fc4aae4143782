package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.layer.BlobContent;
import dev.plimsoll.image.storage.GraphRoot;
import dev.plimsoll.image.storage.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/// The documents that a storage keeps with an image: its `manifest`, and its configuration where a layout would
/// have it.
record StoreContainer(GraphRoot root, StoredImage image) implements Container {

    @Override
    public String where() {
        return root.path() + ": image " + image.id();
    }

    @Override
    public boolean mayBeCut() {
        return false;
    }

    @Override
    public Optional<BlobContent> find(String name) throws IOException {
        // blobs/sha256/abc is kept as sha256:abc
        var key = name.startsWith("blobs/") ? name.substring("blobs/".length()).replace('/', ':') : name;
        var file = root.document(image, key);
        if (Files.isRegularFile(file)) {
            return Optional.of(new BlobContent.FileRange(file, 0, Files.size(file)));
        }
        if (Files.exists(file)) {
            throw new ImageException(Kind.UNREADABLE, file + ": is not a regular file");
        }
        return Optional.empty();
    }
}
