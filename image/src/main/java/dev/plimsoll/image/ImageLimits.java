package dev.plimsoll.image;

/// What an image may be. Each limit has an option of the command of its name.
///
/// @param manifestBytes longest manifest, index or configuration, in bytes
/// @param layers most layers
/// @param layerEntries most entries in one layer
/// @param layerUnpackedBytes most bytes of one unpacked layer
/// @param ratio most unpacked bytes for one packed byte, judged after the first 64 MiB
/// @param pathBytes longest path or link target, in bytes
/// @param indexDepth how deep an index may lie in indexes
/// @param spoolBytes most bytes, unpacked, of an archive that must be put into a temporary file
public record ImageLimits(
        int manifestBytes,
        int layers,
        int layerEntries,
        long layerUnpackedBytes,
        int ratio,
        int pathBytes,
        int indexDepth,
        long spoolBytes) {

    public static final ImageLimits DEFAULTS =
            new ImageLimits(8 << 20, 1000, 2_000_000, 64L << 30, 1000, 4096, 8, 32L << 30);
}
