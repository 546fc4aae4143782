package dev.plimsoll.image;

/// What an image may be. Each limit has an option of the command of its name.
///
/// @param manifestBytes longest manifest, index or configuration, in bytes
/// @param layers most layers
/// @param layerEntries most entries in one layer
/// @param layerUnpackedBytes most bytes of one unpacked layer
/// @param ratio most unpacked bytes for one packed byte, judged as if five packed megabytes were there at least;
///     programs have 3, text 20, a compressor's best is 1032. What ten megabytes unpack to is then read in seconds
/// @param pathBytes longest path or link target, in bytes
/// @param indexDepth how deep an index may lie in indexes
/// @param spoolBytes most bytes, unpacked, of an archive that must be put into a temporary file
/// @param work what small layers could cost much memory or time by
public record ImageLimits(
        int manifestBytes,
        int layers,
        int layerEntries,
        long layerUnpackedBytes,
        int ratio,
        int pathBytes,
        int indexDepth,
        long spoolBytes,
        Work work) {

    public static final ImageLimits DEFAULTS =
            new ImageLimits(8 << 20, 1000, 3_500_000, 64L << 30, 200, 4096, 8, 32L << 30, Work.DEFAULTS);

    /// With the usual limits of memory and time.
    public ImageLimits(
            int manifestBytes,
            int layers,
            int layerEntries,
            long layerUnpackedBytes,
            int ratio,
            int pathBytes,
            int indexDepth,
            long spoolBytes) {
        this(
                manifestBytes,
                layers,
                layerEntries,
                layerUnpackedBytes,
                ratio,
                pathBytes,
                indexDepth,
                spoolBytes,
                Work.DEFAULTS);
    }

    /// Limits of what takes little room in an image and much memory or time of its reader.
    ///
    /// @param namesBytes most bytes that the names of all layers need while the layers are read: what a heap of
    ///     512 MiB bears beside the tree that they are merged to
    /// @param files most files of all layers together, those included that a higher layer removes; three million
    ///     take 200 to 300 MB, the largest public images have a few hundred thousand
    /// @param archiveEntries most entries of the archive that an image lies in; it needs a handful for each layer
    /// @param manifests most manifests in all indexes of a layout together
    /// @param zstdWindowBytes largest window of a zstd layer, which takes as much memory for each layer that is
    ///     read at the same time; the library's own default
    /// @param sparseBytes most bytes of all sparse files of an image that somebody reads: ten seconds' work. Their
    ///     holes take no room in a layer, so no other limit notices them
    public record Work(
            long namesBytes, int files, int archiveEntries, int manifests, long zstdWindowBytes, long sparseBytes) {

        public static final Work DEFAULTS = new Work(128L << 20, 3_500_000, 100_000, 10_000, 128L << 20, 16L << 30);
    }
}
