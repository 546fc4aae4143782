package dev.plimsoll.cli;

import dev.plimsoll.image.ImageLimits;
import picocli.CommandLine.Option;

/// How much of an image is read before it is refused. Every command that takes an image has these options.
final class LimitArguments {

    @Option(
            names = "--max-manifest-bytes",
            paramLabel = "N",
            description = "Limit of the longest manifest or configuration (default: ${DEFAULT-VALUE}).")
    private int maxManifestBytes = ImageLimits.DEFAULTS.manifestBytes();

    @Option(names = "--max-layers", paramLabel = "N", description = "Limit of layers (default: ${DEFAULT-VALUE}).")
    private int maxLayers = ImageLimits.DEFAULTS.layers();

    @Option(
            names = "--max-layer-entries",
            paramLabel = "N",
            description = "Limit of entries in one layer (default: ${DEFAULT-VALUE}).")
    private int maxLayerEntries = ImageLimits.DEFAULTS.layerEntries();

    @Option(
            names = "--max-layer-unpacked-bytes",
            paramLabel = "N",
            description = "Limit of bytes of one unpacked layer (default: ${DEFAULT-VALUE}).")
    private long maxLayerUnpackedBytes = ImageLimits.DEFAULTS.layerUnpackedBytes();

    @Option(
            names = "--max-ratio",
            paramLabel = "N",
            description = "Limit of unpacked bytes for one packed byte (default: ${DEFAULT-VALUE}).")
    private int maxRatio = ImageLimits.DEFAULTS.ratio();

    @Option(
            names = "--max-path-bytes",
            paramLabel = "N",
            description = "Limit of the longest path (default: ${DEFAULT-VALUE}).")
    private int maxPathBytes = ImageLimits.DEFAULTS.pathBytes();

    @Option(
            names = "--max-index-depth",
            paramLabel = "N",
            description = "Limit of indexes within indexes (default: ${DEFAULT-VALUE}).")
    private int maxIndexDepth = ImageLimits.DEFAULTS.indexDepth();

    @Option(
            names = "--max-spool-bytes",
            paramLabel = "N",
            description =
                    "Limit of a temporary file, for archives that are packed or come on standard input (default: ${DEFAULT-VALUE}).")
    private long maxSpoolBytes = ImageLimits.DEFAULTS.spoolBytes();

    @Option(
            names = "--max-names-bytes",
            paramLabel = "N",
            description =
                    "Limit of what all names in all layers need, in bytes; more need more memory too (default: ${DEFAULT-VALUE}).")
    private long maxNamesBytes = ImageLimits.Work.DEFAULTS.namesBytes();

    @Option(
            names = "--max-files",
            paramLabel = "N",
            description = "Limit of files in all layers; more need more memory too (default: ${DEFAULT-VALUE}).")
    private int maxFiles = ImageLimits.Work.DEFAULTS.files();

    @Option(
            names = "--max-archive-entries",
            paramLabel = "N",
            description = "Limit of entries of the archive that an image lies in (default: ${DEFAULT-VALUE}).")
    private int maxArchiveEntries = ImageLimits.Work.DEFAULTS.archiveEntries();

    @Option(
            names = "--max-manifests",
            paramLabel = "N",
            description = "Limit of manifests in all indexes of a layout (default: ${DEFAULT-VALUE}).")
    private int maxManifests = ImageLimits.Work.DEFAULTS.manifests();

    @Option(
            names = "--max-zstd-window-bytes",
            paramLabel = "N",
            description = "Limit of the window that a zstd layer asks for, in bytes (default: ${DEFAULT-VALUE}).")
    private long maxZstdWindowBytes = ImageLimits.Work.DEFAULTS.zstdWindowBytes();

    @Option(
            names = "--max-sparse-bytes",
            paramLabel = "N",
            description = "Limit of bytes that are read of sparse files in layers (default: ${DEFAULT-VALUE}).")
    private long maxSparseBytes = ImageLimits.Work.DEFAULTS.sparseBytes();

    ImageLimits limits() {
        return new ImageLimits(
                maxManifestBytes,
                maxLayers,
                maxLayerEntries,
                maxLayerUnpackedBytes,
                maxRatio,
                maxPathBytes,
                maxIndexDepth,
                maxSpoolBytes,
                new ImageLimits.Work(
                        maxNamesBytes, maxFiles, maxArchiveEntries, maxManifests, maxZstdWindowBytes, maxSparseBytes));
    }
}
