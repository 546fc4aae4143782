package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import java.util.List;
import java.util.Optional;

/// What a scan collects, and how it reads.
///
/// @param analysis what is collected
/// @param dockerfile text of the Dockerfile that the image was built from
/// @param excludes globs of paths that are neither analysed nor listed, nor what lies beneath them: `*` within a name,
/// `**` across folders, with or without a leading slash
public record ScanOptions(
        AnalysisSettings analysis,
        Optional<String> dockerfile,
        List<String> excludes,
        ReadOptions reading,
        ScanLimits limits) {

    public ScanOptions {
        excludes = List.copyOf(excludes);
    }

    public static ScanOptions defaults() {
        return new ScanOptions(
                AnalysisSettings.defaults(), Optional.empty(), List.of(), ReadOptions.defaults(), ScanLimits.DEFAULTS);
    }
}
