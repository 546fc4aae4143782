package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The files that an image is made of, in a folder or in a tar. Holds nothing open.
interface Container {

    /// Where it lies, for messages.
    String where();

    /// Whether more may have stood in it than there is now: an archive without its end.
    boolean mayBeCut();

    /// The bytes of a file in it, empty where there is none of that name.
    ///
    /// @param name relative, with slashes
    /// @throws ImageException when it is there and cannot be read as a file
    Optional<Region> find(String name) throws IOException;

    /// A range of a file on disk.
    record Region(Path file, long offset, long length) {}
}
