package dev.plimsoll.image.layer;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import java.util.Optional;

/// Where a layer's bytes lie, and what they must hash to.
///
/// @param content the packed bytes
/// @param blobDigest of the packed bytes, where it is known
/// @param alwaysVerifyDiffId whether the unpacked bytes are verified without being asked
public record Blob(
        LayerDescriptor layer, BlobContent content, Optional<Digest> blobDigest, boolean alwaysVerifyDiffId) {

    /// Whether its bytes are held against a digest when they are read.
    public boolean isVerified() {
        return blobDigest.isPresent() || (alwaysVerifyDiffId && layer.diffId().isPresent());
    }

    /// Names the layer in messages.
    String where() {
        return "layer " + layer.number() + " (" + layer.digest() + ")";
    }
}
