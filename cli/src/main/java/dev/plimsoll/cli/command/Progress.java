package dev.plimsoll.cli.command;

import dev.plimsoll.image.ReadOptions;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// One line on standard error that says how far the reading is; only where a person watches.
public final class Progress implements ReadOptions.Progress, AutoCloseable {

    private static final long NANOSECONDS_BETWEEN = 100_000_000L;

    private final PrintStream err;
    private final boolean shown;
    private final int width;
    private final Map<Integer, Long> done = new ConcurrentHashMap<>();
    private final Map<Integer, Long> sizes = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    /// @param quiet whether the user wants no such line
    public Progress(Environment environment, boolean quiet) {
        this.err = environment.err();
        this.shown = environment.errIsTerminal() && !quiet;
        this.width = environment.columns().orElse(80);
    }

    /// Says what is being done now.
    public void say(String words) {
        if (shown) {
            show(words);
        }
    }

    @Override
    public void read(int layer, long bytes, long of) {
        if (!shown) {
            return;
        }
        done.put(layer, bytes);
        sizes.put(layer, of);
        var now = System.nanoTime();
        var before = last.get();
        if (now - before < NANOSECONDS_BETWEEN || !last.compareAndSet(before, now)) {
            return;
        }
        var all = sizes.values().stream().mapToLong(Long::longValue).sum();
        var read = done.values().stream().mapToLong(Long::longValue).sum();
        show(String.format(Locale.ROOT, "reading layers: %d of %d MB", read / 1_000_000, all / 1_000_000) + byLayer());
    }

    /// How far each layer is that is being read, as people count them; those that are done say nothing any more.
    private String byLayer() {
        var text = new StringBuilder();
        for (var layer : new TreeSet<>(sizes.keySet())) {
            var size = sizes.getOrDefault(layer, 0L);
            var passed = done.getOrDefault(layer, 0L);
            if (passed < size) {
                text.append(text.isEmpty() ? "; layer " : ", layer ")
                        .append(layer + 1)
                        .append(' ')
                        .append(passed * 100 / size)
                        .append('%');
            }
        }
        return text.toString();
    }

    private synchronized void show(String words) {
        err.print("\r\u001b[2K" + words.substring(0, Math.min(words.length(), Math.max(10, width - 1))));
        err.flush();
    }

    /// Takes the line away; results follow.
    public void done() {
        if (shown) {
            err.print("\r\u001b[2K");
            err.flush();
        }
    }

    @Override
    public void close() {
        done();
    }
}
