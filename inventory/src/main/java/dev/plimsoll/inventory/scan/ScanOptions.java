package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a scan collects, and how it reads.
///
/// @param digested paths whose SHA-256 is wanted, without the leading slash
/// @param dockerfile text of the Dockerfile that the image was built from
/// @param excludes globs of paths that are neither analysed nor listed, nor what lies beneath them: `*` within a name,
/// `**` across folders, with or without a leading slash
public record ScanOptions(
        Set<String> digested,
        Optional<String> dockerfile,
        List<String> excludes,
        ReadOptions reading,
        ScanLimits limits) {

    public ScanOptions {
        digested = Set.copyOf(digested);
        excludes = List.copyOf(excludes);
    }

    public static ScanOptions defaults() {
        return new ScanOptions(Set.of(), Optional.empty(), List.of(), ReadOptions.defaults(), ScanLimits.DEFAULTS);
    }
}
