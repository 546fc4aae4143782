package dev.plimsoll.image;

import java.time.Duration;

/// How layers are read.
///
/// @param parallelism layers at a time
/// @param verifyDiffIds whether the unpacked layers are verified against the configuration too
/// @param timeout for the whole reading
/// @param progress told of what passed
public record ReadOptions(
        int parallelism, boolean verifyDiffIds, Duration timeout, ImageLimits limits, Progress progress) {

    public static ReadOptions defaults() {
        return new ReadOptions(
                Runtime.getRuntime().availableProcessors(),
                false,
                Duration.ofMinutes(30),
                ImageLimits.DEFAULTS,
                (_, _, _) -> {});
    }

    /// Told of the bytes of a layer's blob that were read so far; called from several threads, seldom.
    @FunctionalInterface
    public interface Progress {
        void read(int layer, long bytes, long of);
    }
}
