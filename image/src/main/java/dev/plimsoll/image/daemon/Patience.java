package dev.plimsoll.image.daemon;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// How long a reader waits for the other side. Only waiting counts, so a reader may take its own time with what
/// came. For one thread.
final class Patience {

    private static final long MILLISECOND = 1_000_000;

    private final boolean document;
    private final Duration first;
    private final Duration idle;
    private final Duration window;
    private final long windowBytes;
    private boolean started;
    private long waitedInWindow;
    private long bytesInWindow;

    /// @param document whether all must have come within the window
    /// @param first for the first byte
    /// @param idle for each further read
    /// @param window of waiting, in which at least `windowBytes` must come
    private Patience(boolean document, Duration first, Duration idle, Duration window, long windowBytes) {
        this.document = document;
        this.first = first;
        this.idle = idle;
        this.window = window;
        this.windowBytes = windowBytes;
    }

    /// All must have come when the time is over.
    static Patience within(Duration time) {
        return new Patience(true, time, time, time, 0);
    }

    /// Something must come all the time, however long it takes together.
    static Patience forExport(DaemonLimits limits) {
        return new Patience(false, limits.exportStart(), limits.idle(), limits.window(), limits.windowBytes());
    }

    /// Milliseconds that the next read may wait, at least one.
    long mostMillis() {
        var nanos = started
                ? Math.min(idle.toNanos(), window.toNanos() - waitedInWindow)
                : first.toNanos() - waitedInWindow;
        return Math.max(1, nanos / MILLISECOND);
    }

    /// Tells how long the last read waited, and whether something came.
    ///
    /// @throws SocketTimeoutException when that was too long
    void waited(long nanos, boolean came) throws IOException {
        waitedInWindow += nanos;
        if (document) {
            refuse(waitedInWindow + MILLISECOND > window.toNanos(), "did not answer within ", window);
        } else if (!started) {
            refuse(waitedInWindow + MILLISECOND > first.toNanos(), "sent nothing for ", first);
        } else {
            refuse(!came && nanos + MILLISECOND > idle.toNanos(), "sent nothing for ", idle);
            if (waitedInWindow + MILLISECOND > window.toNanos()) {
                refuse(bytesInWindow < windowBytes, "sent less than " + windowBytes + " bytes in ", window);
                waitedInWindow = 0;
                bytesInWindow = 0;
            }
        }
    }

    private static void refuse(boolean over, String reason, Duration time) throws IOException {
        if (over) {
            throw new SocketTimeoutException(reason + time.toMillis() / 1000.0 + " s");
        }
    }

    void received(int bytes) {
        if (!started) {
            started = true;
            // what the first byte took is no sign of how fast the others come
            waitedInWindow = document ? waitedInWindow : 0;
        }
        bytesInWindow += bytes;
    }
}
