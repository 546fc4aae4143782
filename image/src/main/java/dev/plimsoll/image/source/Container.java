package dev.plimsoll.image.source;

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
}
