package dev.plimsoll.image.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Counts what is unpacked, and asks before each chunk whether to go on.
final class BoundedChunks implements Chunks {

    /// In packed bytes: the ratio is judged as if so many had been read, for a layer may begin with a file of zeros,
    /// such as a database sets aside. With the usual ratio a gibibyte may unpack before anything is judged.
    private static final long FREE_PACKED_BYTES = 5L << 20;

    private final Chunks unpacked;
    private final PackedChunks packed;
    private final Limits limits;
    private final ReadGuard.ForLayer guard;
    private long bytes;

    BoundedChunks(Chunks unpacked, PackedChunks packed, Limits limits, ReadGuard.ForLayer guard) {
        this.unpacked = unpacked;
        this.packed = packed;
        this.limits = limits;
        this.guard = guard;
    }

    /// @param bytes most unpacked bytes
    /// @param option that raises it
    /// @param ratio most unpacked bytes for one packed
    record Limits(long bytes, String option, int ratio) {}

    /// Unpacked bytes so far.
    long bytes() {
        return bytes;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        guard.check();
        var chunk = unpacked.next();
        if (chunk != null) {
            bytes += chunk.remaining();
            if (bytes > limits.bytes) {
                throw guard.unreadable(
                        "unpacks to more than the limit of " + limits.bytes + " bytes (" + limits.option + ")");
            }
            if (bytes > limits.ratio * Math.max(packed.read(), FREE_PACKED_BYTES)) {
                throw guard.unreadable("unpacks to more than the limit of " + limits.ratio
                        + " bytes for each packed one (--max-ratio)");
            }
        }
        return chunk;
    }
}
