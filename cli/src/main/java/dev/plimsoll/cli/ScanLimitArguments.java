package dev.plimsoll.cli;

import dev.plimsoll.inventory.scan.ScanLimits;
import picocli.CommandLine.Option;

/// How much the analysis of an image may take. Every command that looks for packages has these options.
final class ScanLimitArguments {

    @Option(
            names = "--max-spooled-file-bytes",
            paramLabel = "N",
            description =
                    "Limit of a file that several analyzers read, which takes a temporary file (default: ${DEFAULT-VALUE}).")
    private long maxSpooledFileBytes = ScanLimits.DEFAULTS.spooledBytes();

    @Option(
            names = "--max-archives-unpacked-bytes",
            paramLabel = "N",
            description =
                    "Limit of what all archives in an image (jars) unpack to beyond ten times their size (default: ${DEFAULT-VALUE}).")
    private long maxArchivesUnpackedBytes = ScanLimits.DEFAULTS.archivesUnpackedBytes();

    ScanLimits limits() {
        return new ScanLimits(maxSpooledFileBytes, maxArchivesUnpackedBytes);
    }
}
