package dev.plimsoll.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Where the bytes of a blob come from.
public sealed interface BlobContent {

    /// In bytes; -1 where it is not known before they were read.
    long length();

    /// A range of a file on disk. Holds nothing open.
    record FileRange(Path file, long offset, long length) implements BlobContent {}

    /// Bytes that come from elsewhere, once, when they are wanted.
    ///
    /// @param opener called by the thread that reads them
    record Streamed(long length, Opener opener) implements BlobContent {}

    /// Opens a stream of a blob's bytes from its start. The stream must not wait without end: whoever makes it sees to
    /// a limit of its own, because a thread that waits for bytes asks nobody whether time is over.
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    /// The bytes from the start.
    default InputStream open() throws IOException {
        return switch (this) {
            case FileRange range -> new RangeStream(range);
            case Streamed streamed -> streamed.opener().open();
        };
    }
}
