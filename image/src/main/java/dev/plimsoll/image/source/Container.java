package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.layer.BlobContent;
import java.io.IOException;
import java.util.Optional;

/// The files that an image is made of: in a folder, in a tar, in a registry.
interface Container {

    /// Where it lies, for messages.
    String where();

    /// Whether more may have stood in it than there is now: an archive without its end.
    boolean mayBeCut();

    /// The bytes of a file in it, empty where there is none of that name.
    ///
    /// @param name relative, with slashes
    /// @throws ImageException when it is there and cannot be read as a file
    Optional<BlobContent> find(String name) throws IOException;

    /// What a manifest or blob is called in messages.
    default String name(Digest digest) {
        return Layouts.blob(digest);
    }

    /// A manifest or index, empty where it is not there.
    default Optional<BlobContent> manifest(Digest digest) throws IOException {
        return find(name(digest));
    }

    /// A configuration or layer, empty where it is not there.
    ///
    /// @param size that its manifest states; where only a reading could tell another, it is believed until then
    default Optional<BlobContent> blob(Digest digest, long size) throws IOException {
        return find(name(digest));
    }
}
