package dev.plimsoll.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An image that was opened: its manifest and configuration are read and verified, its layers wait to be streamed.
public interface Image extends AutoCloseable {

    /// `docker-archive`, `oci-layout`.
    String transport();

    /// The names that the archive or layout gives it, sorted; may be empty.
    List<String> names();

    /// The digest of the configuration, computed.
    Digest id();

    /// Empty for archives without a manifest of the registry's kind.
    Optional<Digest> manifestDigest();

    Platform platform();

    ImageConfiguration configuration();

    /// Lowest first.
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
    /// @param size bytes of the blob
    record LayerDescriptor(int index, Digest digest, Optional<Digest> diffId, String mediaType, long size) {}

    /// What a layer gave.
    ///
    /// @param unpackedSize bytes of the tar
    /// @param entries how many entries it had, those included that no visitor saw
    /// @param listing what the tar lists, for the merge of the layers
    record LayerResult<R>(LayerDescriptor layer, long unpackedSize, long entries, R found, LayerListing listing) {}
}
