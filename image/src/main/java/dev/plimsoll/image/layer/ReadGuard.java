package dev.plimsoll.image.layer;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all threads that read an image's layers ask before each buffer: may we go on? Safe for threads.
final class ReadGuard {

    private final Deadline deadline;
    private final ImageLimits.Work limits;
    private final AtomicLong sparseBytesRead = new AtomicLong();
    private final AtomicLong listingBytes = new AtomicLong();
    private final AtomicInteger failedLayer = new AtomicInteger(Integer.MAX_VALUE);

    ReadGuard(Duration timeout, ImageLimits.Work limits) {
        this.deadline = Deadline.after(timeout);
        this.limits = limits;
    }

    /// Stops the layers above one that failed. Those beneath go on, so that of several failures always the lowest
    /// layer's is told.
    void stopAbove(int layer) {
        failedLayer.accumulateAndGet(layer, Math::min);
    }

    /// @param where names the layer in messages
    ForLayer forLayer(int layer, String where) {
        return new ForLayer(layer, where);
    }

    /// The guard of one layer.
    final class ForLayer {

        private final int layer;
        private final String where;

        private ForLayer(int layer, String where) {
            this.layer = layer;
            this.where = where;
        }

        /// @throws ImageException when the time is over, or the reading was given up
        void check() throws ImageException {
            if (layer > failedLayer.get()) {
                throw unreadable("the reading was given up");
            }
            deadline.check(where);
        }

        /// Counts what the layer's listing grew by.
        void listed(long bytes) throws ImageException {
            if (listingBytes.addAndGet(bytes) > limits.namesBytes()) {
                throw unreadable("the names in all layers together need more than the limit of " + limits.namesBytes()
                        + " bytes (--max-names-bytes)");
            }
        }

        /// Counts bytes of sparse files that were read.
        void sparseBytes(long bytes) throws ImageException {
            if (sparseBytesRead.addAndGet(bytes) > limits.sparseBytes()) {
                throw unreadable("the sparse files in all layers together were read for more than the limit of "
                        + limits.sparseBytes() + " bytes (--max-sparse-bytes)");
            }
        }

        String where() {
            return where;
        }

        ImageException unreadable(String reason) {
            return new ImageException(Kind.UNREADABLE, where + ": " + reason);
        }
    }
}
