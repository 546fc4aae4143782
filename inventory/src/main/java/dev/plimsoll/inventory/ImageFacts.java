package dev.plimsoll.inventory;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is known of the image itself. An empty optional is a fact that the source does not tell, never one that the
/// image does not have: a gate that asks for it cannot judge.
///
/// @param transport `docker-archive`, `oci-layout`, `sbom`, …: where it was read from
/// @param names the names that the source gives it, sorted, `registry.example/shop/web:1.4`
/// @param repoDigests the names with a digest that the source knows it by, sorted: `registry.example/shop/web@sha256:…`
/// @param id the digest of the configuration
/// @param manifestDigest empty for archives without a manifest too
/// @param platform what it runs on
/// @param configuration with the history of the build
/// @param verified whether the bytes of the layers were held against their digests
/// @param layers lowest first; see {@link #layersKnown()} for what an empty list means
/// @param base the image that it was built on; empty where nothing tells of one
/// @param connection how the registry was asked that it came from; empty where it came from none, or nobody knows how
public record ImageFacts(
        String transport,
        List<String> names,
        List<String> repoDigests,
        Optional<Digest> id,
        Optional<Digest> manifestDigest,
        Optional<Platform> platform,
        Optional<ImageConfiguration> configuration,
        boolean verified,
        List<LayerFacts> layers,
        Optional<BaseImage> base,
        Optional<Connection> connection) {

    public ImageFacts {
        names = names.stream().distinct().toList();
        repoDigests = repoDigests.stream().sorted().distinct().toList();
        layers = List.copyOf(layers);
    }

    /// Of no registry, or of one of which nobody knows how it was asked.
    public ImageFacts(
            String transport,
            List<String> names,
            List<String> repoDigests,
            Optional<Digest> id,
            Optional<Digest> manifestDigest,
            Optional<Platform> platform,
            Optional<ImageConfiguration> configuration,
            boolean verified,
            List<LayerFacts> layers,
            Optional<BaseImage> base) {
        this(
                transport,
                names,
                repoDigests,
                id,
                manifestDigest,
                platform,
                configuration,
                verified,
                layers,
                base,
                Optional.empty());
    }

    /// Without a base.
    public ImageFacts(
            String transport,
            List<String> names,
            List<String> repoDigests,
            Optional<Digest> id,
            Optional<Digest> manifestDigest,
            Optional<Platform> platform,
            Optional<ImageConfiguration> configuration,
            boolean verified,
            List<LayerFacts> layers) {
        this(
                transport,
                names,
                repoDigests,
                id,
                manifestDigest,
                platform,
                configuration,
                verified,
                layers,
                Optional.empty());
    }

    /// The same image on that base.
    public ImageFacts on(Optional<BaseImage> image) {
        return new ImageFacts(
                transport,
                names,
                repoDigests,
                id,
                manifestDigest,
                platform,
                configuration,
                verified,
                layers,
                image,
                connection);
    }

    /// The same image, from a registry that was asked so.
    public ImageFacts over(Optional<Connection> known) {
        return new ImageFacts(
                transport,
                names,
                repoDigests,
                id,
                manifestDigest,
                platform,
                configuration,
                verified,
                layers,
                base,
                known);
    }

    /// Whether {@link #layers()} tells which layers the image has. A configuration counts its layers, so that with one
    /// an empty list says that there is none; without one it says nothing.
    public boolean layersKnown() {
        return !layers.isEmpty() || configuration.isPresent();
    }

    /// How many layers there are; empty where nobody knows.
    public OptionalInt layerCount() {
        return layersKnown() ? OptionalInt.of(layers.size()) : OptionalInt.empty();
    }

    /// Bytes of all layers, unpacked; empty where that is not known of every one.
    public OptionalLong unpackedSize() {
        return layersKnown()
                        && layers.stream()
                                .allMatch(layer -> layer.unpackedSize().isPresent())
                ? OptionalLong.of(layers.stream()
                        .mapToLong(layer -> layer.unpackedSize().orElseThrow())
                        .sum())
                : OptionalLong.empty();
    }

    /// One layer. An empty optional is not known.
    ///
    /// @param digest of the layer's blob, as the manifest names it
    /// @param diffId of the unpacked layer
    /// @param mediaType empty where it is not known
    /// @param size bytes of the blob
    /// @param unpackedSize bytes of the tar
    /// @param createdBy the step of the history that brought it, empty where history does not tell
    public record LayerFacts(
            Optional<Digest> digest,
            Optional<Digest> diffId,
            String mediaType,
            OptionalLong size,
            OptionalLong unpackedSize,
            String createdBy) {

        /// A layer that was read.
        public LayerFacts(
                Digest digest,
                Optional<Digest> diffId,
                String mediaType,
                long size,
                long unpackedSize,
                String createdBy) {
            this(
                    Optional.of(digest),
                    diffId,
                    mediaType,
                    OptionalLong.of(size),
                    OptionalLong.of(unpackedSize),
                    createdBy);
        }
    }
}
