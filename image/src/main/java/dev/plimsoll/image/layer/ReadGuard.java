package dev.plimsoll.image.layer;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all threads that read an image's layers ask before each buffer: may we go on? Safe for threads.
final class ReadGuard {

    /// In bytes, of the listings of all layers of an image: what a heap of 512 MiB bears beside the tree that they
    /// are merged to.
    static final long MAX_LISTING_BYTES = 128L << 20;

    /// In bytes, of all sparse files of an image that somebody reads: ten seconds' work. Their holes take no room in a
    /// layer, so no other limit notices them.
    static final long MAX_SPARSE_BYTES = 16L << 30;

    private final long start = System.nanoTime();
    private final Duration timeout;
    private final long maxSparseBytes;
    private final AtomicLong sparseBytesRead = new AtomicLong();
    private final AtomicLong listingBytes = new AtomicLong();
    private final AtomicInteger failedLayer = new AtomicInteger(Integer.MAX_VALUE);

    ReadGuard(Duration timeout) {
        this(timeout, MAX_SPARSE_BYTES);
    }

    ReadGuard(Duration timeout, long maxSparseBytes) {
        this.timeout = timeout;
        this.maxSparseBytes = maxSparseBytes;
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
            if (layer > failedLayer.get() || Thread.currentThread().isInterrupted()) {
                throw unreadable("the reading was given up");
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw unreadable("the reading took longer than " + timeout.toMillis() / 1000.0 + " s (--timeout)");
            }
        }

        /// Counts what the layer's listing grew by.
        void listed(long bytes) throws ImageException {
            if (listingBytes.addAndGet(bytes) > MAX_LISTING_BYTES) {
                throw unreadable("the names in all layers together need more than " + MAX_LISTING_BYTES + " bytes");
            }
        }

        /// Counts bytes of sparse files that were read.
        void sparseBytes(long bytes) throws ImageException {
            if (sparseBytesRead.addAndGet(bytes) > maxSparseBytes) {
                throw unreadable("sparse files were read for more than " + maxSparseBytes + " bytes");
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
