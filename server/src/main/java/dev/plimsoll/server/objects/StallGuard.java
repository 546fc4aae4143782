package dev.plimsoll.server.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A body that is given up when nothing of it comes for too long: a client's time limit ends with the
/// headers.
final class StallGuard extends FilterInputStream {

    private final Duration patience;
    private final Thread watch;
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
        this.watch = Thread.ofVirtual().name("stall-guard").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(4));
                if (waiting && System.nanoTime() - waitingSince > patience.toNanos()) {
                    stalled = true;
                    super.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException _) {
            // the body was closed
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            var count = super.read(bytes, offset, length);
            if (stalled) {
                throw new IOException("nothing more came for " + patience.toMillis() + " ms");
            }
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException("nothing more came for " + patience.toMillis() + " ms", e) : e;
        } finally {
            waiting = false;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}
