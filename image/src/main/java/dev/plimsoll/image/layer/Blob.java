package dev.plimsoll.image.layer;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import java.nio.file.Path;
import java.util.Optional;

/// Where a layer's bytes lie, and what they must hash to.
///
/// @param file holds them
/// @param offset of the first byte in the file
/// @param length in bytes
/// @param blobDigest of the packed bytes, where it is known
/// @param alwaysVerifyDiffId whether the unpacked bytes are verified without being asked
public record Blob(
        LayerDescriptor layer,
        Path file,
        long offset,
        long length,
        Optional<Digest> blobDigest,
        boolean alwaysVerifyDiffId) {

    /// Names the layer in messages.
    String where() {
        return "layer " + layer.index() + " (" + layer.digest() + ")";
    }
}
