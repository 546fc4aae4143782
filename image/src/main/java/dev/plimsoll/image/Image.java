package dev.plimsoll.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An image that was opened: its manifest and configuration are read and verified, its layers wait to be streamed.
public interface Image extends AutoCloseable {

    /// The scheme of the place it came from: `docker-archive`, `oci-layout`, `registry`, `dir`.
    String transport();

    /// The place it came from, for people: `registry registry.example`, `folder /srv/rootfs`.
    String origin();

    /// The names that the place gives it, sorted; may be empty.
    List<String> names();

    /// How the registry was asked that it came from; empty where it came from none, or nobody knows how.
    default Optional<Connection> connection() {
        return Optional.empty();
    }

    /// Under which digests registries are known to keep it, sorted: `registry.example/shop/web@sha256:…`.
    List<String> repoDigests();

    /// The digest of the configuration, computed; empty where there is none.
    Optional<Digest> id();

    /// Empty for archives without a manifest of the registry's kind.
    Optional<Digest> manifestDigest();

    /// Empty where the place knows no configuration: a plain folder.
    Optional<ImageConfiguration> configuration();

    /// As the configuration says.
    default Optional<Platform> platform() {
        return configuration()
                .map(configuration ->
                        new Platform(configuration.os(), configuration.architecture(), configuration.variant()));
    }

    /// Whether all bytes of all layers are held against digests when they are read.
    boolean verified();

    /// Whether its entries tell the capabilities of files; where not, that there are none says nothing.
    default boolean tellsCapabilities() {
        return true;
    }

    /// The documents that were read to open it, in the order of their reading.
    List<ImageDocument> documents();

    /// Lowest first; empty for a plain folder, which is read as one layer that nothing describes.
    List<LayerDescriptor> layers();

    /// Streams every layer once through a visitor of its own, several layers at a time, and verifies the digests on
    /// the way.
    ///
    /// @param <R> what a visitor finds
    /// @return results in the order of the layers
    /// @throws ImageException when a layer cannot be read in full, fails its digest or exceeds a limit; nothing is
    ///     returned then
    <R> List<LayerResult<R>> readLayers(LayerVisitor.Factory<R> visitors, ReadOptions options) throws IOException;

    @Override
    void close() throws IOException;

    /// A layer as the manifest names it.
    ///
    /// @param digest of the blob; for a plain layer of an archive its diff id
    /// @param diffId as the configuration says, empty where it says nothing
    /// @param size bytes of the blob; -1 where it is not known
    record LayerDescriptor(int index, Digest digest, Optional<Digest> diffId, String mediaType, long size) {

        /// Its place as people count, from 1.
        public int number() {
            return index + 1;
        }
    }

    /// What a layer gave.
    ///
    /// @param unpackedSize bytes of the tar; for a folder those of its files
    /// @param entries how many entries it had, those included that no visitor saw
    /// @param listing what the tar lists, for the merge of the layers
    record LayerResult<R>(long unpackedSize, long entries, R found, LayerListing listing) {}
}
