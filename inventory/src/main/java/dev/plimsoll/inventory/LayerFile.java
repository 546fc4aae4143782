package dev.plimsoll.inventory;

import java.io.IOException;
import java.io.InputStream;

/// A file of a layer while it passes by.
///
/// @param path without the leading slash
/// @param size bytes of content
/// @param content read once, from the start; not to be kept and not to be closed
/// @param budget what all archives of the image may unpack to
public record LayerFile(String path, int mode, long size, InputStream content, UnpackBudget budget) {

    public LayerFile(String path, int mode, long size, InputStream content) {
        this(path, mode, size, content, UnpackBudget.unlimited());
    }

    /// The whole content where it is not longer than `most` bytes, else nothing and an unknown that names the limit.
    ///
    /// @param what the limit's name for the message
    public java.util.Optional<byte[]> bytes(int most, String what, FactSink facts) throws IOException {
        var bytes = content.readNBytes(most);
        if (bytes.length == most && content.read() >= 0) {
            facts.unknown("", what + " over " + most + " bytes");
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(bytes);
    }
}
