package dev.plimsoll.inventory;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import java.util.List;
import java.util.Optional;

/// What is known of the image itself.
///
/// @param transport `docker-archive`, `oci-layout`, …: where it was read from
/// @param names the names that the archive or layout gives it, sorted, `registry.example/shop/web:1.4`
/// @param id the digest of the configuration
/// @param manifestDigest empty for archives without a manifest
/// @param layers lowest first
public record ImageFacts(
        String transport,
        List<String> names,
        Digest id,
        Optional<Digest> manifestDigest,
        Platform platform,
        ImageConfiguration configuration,
        List<LayerFacts> layers) {

    public ImageFacts {
        names = names.stream().sorted().distinct().toList();
        layers = List.copyOf(layers);
    }

    /// Bytes of all layers, unpacked.
    public long unpackedSize() {
        return layers.stream().mapToLong(LayerFacts::unpackedSize).sum();
    }

    /// One layer.
    ///
    /// @param digest of the layer's blob, as the manifest names it
    /// @param diffId of the unpacked layer, where the configuration says
    /// @param size bytes of the blob
    /// @param unpackedSize bytes of the tar
    /// @param createdBy the step of the history that brought it, empty where history does not tell
    public record LayerFacts(
            Digest digest, Optional<Digest> diffId, String mediaType, long size, long unpackedSize, String createdBy) {}
}
