package dev.plimsoll.server.advisories;

import java.math.BigDecimal;
import java.util.List;

/// When a revision is held, and which scores matter.
///
/// @param drop share of all records that a revision may lose against the one before
/// @param dropOfOne share of the records of one feed or ecosystem that it may lose
/// @param counted least records of a feed or ecosystem whose loss counts
/// @param flips share of all analysed images whose decision may become another one
/// @param flipsFrom least analysed images for which flips are counted
/// @param thresholds EPSS scores, 0 to 1: an image is judged again where a score of it passes one. A bundle that asks
///     for another score sees the new one when the image is judged for another reason.
/// @param threads that match in parallel
public record RevisionSettings(
        double drop,
        double dropOfOne,
        long counted,
        double flips,
        int flipsFrom,
        List<BigDecimal> thresholds,
        int threads) {

    /// What counts unless somebody says otherwise.
    public static final RevisionSettings DEFAULT = new RevisionSettings(
            0.10,
            0.30,
            20,
            0.20,
            20,
            List.of(new BigDecimal("0.1"), new BigDecimal("0.5"), new BigDecimal("0.9")),
            Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));

    public RevisionSettings {
        thresholds = List.copyOf(thresholds);
    }
}
