package dev.plimsoll.image;

import java.time.Duration;

/// When the reading of an image is given up. Immutable.
public final class Deadline {

    private final long start = System.nanoTime();
    private final Duration timeout;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
    }

    /// From now on.
    public static Deadline after(Duration timeout) {
        return new Deadline(timeout);
    }

    /// @param where what is being done, for the message
    /// @throws ImageException when the time is over, or the thread was interrupted
    public void check(String where) throws ImageException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ImageException(ImageException.Kind.UNREADABLE, where + ": the reading was given up");
        }
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw new ImageException(
                    ImageException.Kind.UNREADABLE,
                    where + ": the reading took longer than " + timeout.toMillis() / 1000.0 + " s (--timeout)");
        }
    }
}
