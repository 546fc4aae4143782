package dev.plimsoll.inventory.secret;

import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.secret.SecretEngine.Hit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Looks for secrets in one text that arrives in parts. Holds a part of the text at a time. Used by one thread.
final class TextScan {

    /// In bytes: how much text is held.
    static final int WINDOW = 256 << 10;

    /// In bytes: where a NUL stands in these, the file is no text. The same that Git looks at.
    static final int LOOKED_AT = 8_000;

    /// In bytes that stay in front of what comes next, for rules that look back.
    private static final int KEPT = SecretRules.MAX_BEFORE + 256;

    /// In secrets of one file.
    static final int MAX_FOUND = 100;

    private final SecretEngine engine;
    private final SecretEngine.Applicable applicable;
    private final long size;
    private final List<Found> found = new ArrayList<>();
    private byte[] window = new byte[0];
    private int filled;
    private int scanned;
    private int state;

    /// Of the window's first byte in the text.
    private long position;

    /// Lines that ended before the window.
    private int lines;

    private boolean looked;
    private boolean binary;
    private boolean more;

    /// A secret, without itself.
    ///
    /// @param start in the text
    private record Found(SecretRule rule, long start, long end, int line, String redacted, String digest) {}

    /// @param size of the text in bytes, as far as it is known
    TextScan(SecretEngine engine, String path, long size) {
        this.engine = engine;
        this.applicable = engine.applicableTo(path);
        this.size = size;
    }

    void bytes(byte[] buffer, int offset, int length) {
        int taken = 0;
        while (taken < length && !binary) {
            if (filled == window.length) {
                makeRoom(length - taken);
            }
            int count = Math.min(length - taken, window.length - filled);
            System.arraycopy(buffer, offset + taken, window, filled, count);
            filled += count;
            taken += count;
            look(false);
        }
    }

    /// Whether what has passed is no text.
    boolean isBinary() {
        return binary;
    }

    private void makeRoom(int wanted) {
        if (window.length < WINDOW) {
            // what is no text is known by its beginning, and needs no more room
            int least = looked ? (int) Math.min(WINDOW, size) : LOOKED_AT;
            window = Arrays.copyOf(
                    window, Math.min(WINDOW, Math.max(least, Math.min(window.length * 2, filled + wanted))));
            return;
        }
        scan(filled - SecretRules.MAX_AFTER);
        int kept = Math.max(0, scanned - KEPT);
        lines += newlines(0, kept);
        System.arraycopy(window, kept, window, 0, filled - kept);
        position += kept;
        scanned -= kept;
        filled -= kept;
    }

    private void look(boolean all) {
        if (!looked && (all || filled >= LOOKED_AT)) {
            looked = true;
            for (int i = 0; i < Math.min(filled, LOOKED_AT); i++) {
                if (window[i] == 0) {
                    binary = true;
                    window = new byte[0];
                    filled = 0;
                    return;
                }
            }
        }
    }

    private void scan(int to) {
        state = engine.automaton().scan(window, scanned, to, state, this::tryRules);
        scanned = to;
    }

    private void tryRules(int keyword, int end) {
        engine.hits(keyword, window, end, filled, applicable, this::add);
    }

    private void add(Hit hit) {
        long start = position + hit.start();
        long end = position + hit.end();
        for (var other : found) {
            if (other.start() < end
                    && start < other.end()
                    && other.rule().confidence().compareTo(hit.rule().confidence()) >= 0) {
                return; // the same place, by a rule that is as sure
            }
        }
        found.removeIf(other -> other.start() < end && start < other.end());
        if (found.size() == MAX_FOUND) {
            more = true;
            return;
        }
        found.add(new Found(
                hit.rule(),
                start,
                end,
                lines + newlines(0, hit.start()) + 1,
                Redaction.redacted(hit.secret(), hit.rule()),
                Redaction.digest(hit.secret())));
    }

    private int newlines(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (window[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    /// All of the text has passed.
    ///
    /// @return what was found, in the order of the text
    List<ContentFact.SecretFound> end() {
        look(true);
        if (!binary) {
            scan(filled);
        }
        window = new byte[0];
        return found.stream()
                .sorted(java.util.Comparator.comparingLong(Found::start))
                .map(item ->
                        new ContentFact.SecretFound(item.rule().name(), item.line(), item.redacted(), item.digest()))
                .toList();
    }

    /// Whether there were more secrets than are told of.
    boolean foundMore() {
        return more;
    }
}
