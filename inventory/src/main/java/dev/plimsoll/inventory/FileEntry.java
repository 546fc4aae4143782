package dev.plimsoll.inventory;

import java.util.Optional;

/// A path of the image as a container would see it.
///
/// @param path without the leading slash
/// @param mode permission, set-id and sticky bits, `07777` at most
/// @param layer index in {@link ImageFacts#layers()} of the layer that brought what is visible
/// @param linkTarget as it stands in the layer, empty for what is no link
/// @param sha256 lower-case hexadecimal, where the run was asked to collect it
/// @param capabilities what the file lets whoever runs it do, `cap_net_raw+ep`, as
///     {@link dev.plimsoll.image.FileCapabilities} writes it; empty where there are none, and where they
///     are not known, see {@link FileTable#tellsCapabilities()}
public record FileEntry(
        String path,
        Kind kind,
        int mode,
        long userId,
        long groupId,
        long size,
        int layer,
        String linkTarget,
        Optional<String> sha256,
        Optional<String> capabilities) {

    /// Without capabilities.
    public FileEntry(
            String path,
            Kind kind,
            int mode,
            long userId,
            long groupId,
            long size,
            int layer,
            String linkTarget,
            Optional<String> sha256) {
        this(path, kind, mode, userId, groupId, size, layer, linkTarget, sha256, Optional.empty());
    }

    /// What a path is.
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO
    }
}
