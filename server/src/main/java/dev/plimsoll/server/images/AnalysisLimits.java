package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageLimits;
import java.time.Duration;

/// What the analysis of one image may take.
///
/// @param timeout for all of it
/// @param resolveTimeout for finding out which image a tag stands for
/// @param imageBytes of all layers together, packed, as the manifest says
/// @param parallelism layers at a time
public record AnalysisLimits(
        Duration timeout, Duration resolveTimeout, long imageBytes, int parallelism, ImageLimits image) {

    public static final AnalysisLimits DEFAULTS =
            new AnalysisLimits(Duration.ofMinutes(30), Duration.ofSeconds(30), 32L << 30, 2, ImageLimits.DEFAULTS);
}
