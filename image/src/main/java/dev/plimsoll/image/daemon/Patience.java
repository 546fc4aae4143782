package dev.plimsoll.image.daemon;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// How long a reader waits for the other side. Only waiting counts, so a reader may take its own time with what came.
/// For one thread.
final class Patience {

    private final Duration first;
    private final Duration idle;
    private final Duration window;
    private final long windowBytes;
    private boolean started;
    private long waitedInWindow;
    private long bytesInWindow;

    /// @param first for the first byte
    /// @param idle for each further read
    /// @param window of waiting, in which at least `windowBytes` must come
    private Patience(Duration first, Duration idle, Duration window, long windowBytes) {
        this.first = first;
        this.idle = idle;
        this.window = window;
        this.windowBytes = windowBytes;
    }

    /// All must have come when the time is over.
    static Patience within(Duration time) {
        return new Patience(time, time, time, Long.MAX_VALUE);
    }

    /// Something must come all the time, however long it takes together.
    static Patience forExport(DaemonLimits limits) {
        return new Patience(limits.exportStart(), limits.idle(), limits.window(), limits.windowBytes());
    }

    /// Milliseconds that the next read may wait, at least one.
    long mostMillis() {
        var nanos = started
                ? Math.min(idle.toNanos(), window.toNanos() - waitedInWindow)
                : first.toNanos() - waitedInWindow;
        return Math.max(1, nanos / 1_000_000);
    }

    /// @throws SocketTimeoutException when that was too long
    void waited(long nanos) throws IOException {
        waitedInWindow += nanos;
        var most = started ? window : first;
        if (waitedInWindow < most.toNanos()) {
            return;
        }
        if (!started || bytesInWindow < windowBytes) {
            throw new SocketTimeoutException(
                    started && windowBytes != Long.MAX_VALUE
                            ? "sent less than " + windowBytes + " bytes in " + seconds(window)
                            : "did not answer within " + seconds(most));
        }
        waitedInWindow = 0;
        bytesInWindow = 0;
    }

    /// @throws SocketTimeoutException always
    void nothingCame() throws IOException {
        throw new SocketTimeoutException("sent nothing for " + seconds(started ? idle : first));
    }

    void received(int bytes) {
        if (!started) {
            started = true;
            // what the first byte took is no sign of how fast the others come; of a document it counts
            waitedInWindow = windowBytes == Long.MAX_VALUE ? waitedInWindow : 0;
        }
        bytesInWindow += bytes;
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
