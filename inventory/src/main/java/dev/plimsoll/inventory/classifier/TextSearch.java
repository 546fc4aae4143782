package dev.plimsoll.inventory.classifier;

import dev.plimsoll.inventory.program.ProgramContent;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Finds a text among the bytes of a program, wherever it stands. In most places it looks at one byte of as many as the
/// text has.
///
/// Source: R. N. Horspool, "Practical fast searching in strings", 1980.
final class TextSearch {

    /// In bytes that are looked at together.
    static final int WINDOW = 1 << 20;

    /// In bytes before and behind the text that are shown with it.
    static final int AROUND = 256;

    private final byte[] text;
    private final int[] steps = new int[256];

    /// @param text a byte for each character
    TextSearch(String text) {
        this.text = text.getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(steps, this.text.length);
        for (int i = 0; i < this.text.length - 1; i++) {
            steps[this.text[i] & 0xff] = this.text.length - 1 - i;
        }
    }

    /// The first answer to what stands around the text in one of its places.
    ///
    /// @param most places that are looked at
    <T> Optional<T> first(ProgramContent content, int most, Function<String, Optional<T>> question) throws IOException {
        var left = most;
        for (long start = 0; start < content.size(); start += WINDOW) {
            var from = Math.max(0, start - AROUND);
            var window = content.read(from, (int) (start - from) + WINDOW + 2 * AROUND, ByteOrder.BIG_ENDIAN);
            var bytes = window.array();
            var first = window.arrayOffset();
            var end = first + window.limit();
            var at = next(bytes, first + (int) (start - from), end);
            while (at >= 0 && at < first + (int) (start - from) + WINDOW) {
                if (--left < 0) {
                    return Optional.empty();
                }
                var low = Math.max(first, at - AROUND);
                var high = Math.min(end, at + text.length + AROUND);
                var answer = question.apply(new String(bytes, low, high - low, StandardCharsets.ISO_8859_1));
                if (answer.isPresent()) {
                    return answer;
                }
                at = next(bytes, at + 1, end);
            }
        }
        return Optional.empty();
    }

    boolean isIn(ProgramContent content) throws IOException {
        return first(content, 1, Optional::of).isPresent();
    }

    private int next(byte[] bytes, int from, int end) {
        var last = text.length - 1;
        var at = from + last;
        while (at < end) {
            var b = bytes[at];
            if (b == text[last] && Arrays.equals(bytes, at - last, at + 1, text, 0, text.length)) {
                return at - last;
            }
            at += steps[b & 0xff];
        }
        return -1;
    }
}
