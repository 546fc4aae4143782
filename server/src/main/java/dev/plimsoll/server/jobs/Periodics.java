package dev.plimsoll.server.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what is done again and again. Closing lets every turn that began come to its end, for a while.
public final class Periodics implements AutoCloseable {

    /// How long closing waits for a turn before it interrupts it.
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Periodics.class);

    private final List<Thread> threads = new ArrayList<>();
    private final Object bell = new Object();
    private volatile boolean closing;

    /// Starts one.
    public void start(Periodic periodic) {
        threads.add(Thread.ofVirtual().name(periodic.name()).start(() -> run(periodic)));
    }

    private void run(Periodic periodic) {
        while (!closing) {
            boolean more = false;
            try {
                more = periodic.turn().take();
            } catch (InterruptedException _) {
                return;
            } catch (Exception | Error e) { // one turn that is too much must not end all others
                if (!closing) {
                    LOG.warn("{} failed, and is tried again in {}", periodic.name(), periodic.pause(), e);
                }
            }
            if (!more && !pause(periodic.pause())) {
                return;
            }
        }
    }

    /// @return whether to go on
    private boolean pause(Duration length) {
        var end = System.nanoTime() + length.toNanos();
        synchronized (bell) {
            try {
                for (long left = length.toMillis();
                        !closing && left > 0;
                        left = (end - System.nanoTime()) / 1_000_000) {
                    bell.wait(left);
                }
            } catch (InterruptedException _) {
                return false;
            }
        }
        return !closing;
    }

    @Override
    public void close() {
        closing = true;
        synchronized (bell) {
            bell.notifyAll();
        }
        var end = System.nanoTime() + GRACE.toNanos();
        for (var thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    thread.interrupt();
                    thread.join(Duration.ofSeconds(2));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
