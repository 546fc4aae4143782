package dev.plimsoll.inventory.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Finds all of many keywords in one pass over bytes, whatever the case of ASCII letters: the automaton of Aho and
/// Corasick as one flat table, a step a byte. Immutable.
///
/// Source: A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18 (6), 1975.
final class KeywordAutomaton {

    /// Takes what is found.
    @FunctionalInterface
    interface Hits {
        /// @param keyword its place in the list
        /// @param end of the keyword in the buffer, exclusive
        void hit(int keyword, int end);
    }

    /// The byte that stands for each byte in the table, so that a row has as many cells as there are letters in use.
    private final byte[] columns = new byte[256];

    private final int width;

    /// By state and column: the next state times {@link #width}.
    private final int[] next;

    /// By state: the keywords that end there; null where none does.
    private final int[][] ending;

    private final int[] lengths;

    KeywordAutomaton(List<String> keywords) {
        var texts = keywords.stream()
                .map(keyword -> keyword.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        lengths = texts.stream().mapToInt(text -> text.length).toArray();
        width = number(texts);
        var table = new Table(texts.stream().mapToInt(text -> text.length).sum() + 1, width);
        for (int keyword = 0; keyword < texts.size(); keyword++) {
            table.add(keyword, columnsOf(texts.get(keyword)));
        }
        table.complete();
        next = table.next();
        ending = table.ending();
    }

    /// Gives each letter in use a column; column 0 is for all others.
    private int number(List<byte[]> texts) {
        int used = 1;
        for (var text : texts) {
            for (var letter : text) {
                if (columns[letter & 0xff] == 0) {
                    columns[letter & 0xff] = (byte) used++;
                }
            }
        }
        for (int letter = 'A'; letter <= 'Z'; letter++) {
            columns[letter] = columns[letter + 'a' - 'A'];
        }
        return used;
    }

    private int[] columnsOf(byte[] text) {
        var all = new int[text.length];
        for (int i = 0; i < text.length; i++) {
            all[i] = columns[text[i] & 0xff];
        }
        return all;
    }

    /// Looks at bytes that follow those of the last call.
    ///
    /// @param state what the last call returned, 0 at the beginning
    int scan(byte[] buffer, int from, int to, int state, Hits hits) {
        int at = state;
        for (int i = from; i < to; i++) {
            at = next[at + columns[buffer[i] & 0xff]];
            if (at < 0) {
                at = -at;
                for (var keyword : ending[at / width]) {
                    hits.hit(keyword, i + 1);
                }
            }
        }
        return at;
    }

    int length(int keyword) {
        return lengths[keyword];
    }

    /// The table while it is made.
    private static final class Table {

        private final int width;
        private final int[] next;
        private final int[][] ending;
        private final int[] fallback;
        private int states = 1;

        Table(int most, int width) {
            this.width = width;
            this.next = new int[most * width];
            this.ending = new int[most][];
            this.fallback = new int[most];
        }

        void add(int keyword, int[] letters) {
            int state = 0;
            for (var letter : letters) {
                int cell = state * width + letter;
                if (next[cell] == 0) {
                    next[cell] = states++;
                }
                state = next[cell];
            }
            ending[state] = with(ending[state], keyword);
        }

        private static int[] with(int[] before, int keyword) {
            var all = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
            all[all.length - 1] = keyword;
            return all;
        }

        /// Breadth first, so that the state to fall back to is complete already.
        void complete() {
            var waiting = new ArrayDeque<Integer>();
            for (int letter = 0; letter < width; letter++) {
                if (next[letter] != 0) {
                    waiting.add(next[letter]);
                }
            }
            while (!waiting.isEmpty()) {
                int state = waiting.remove();
                int back = fallback[state];
                if (ending[back] != null) {
                    for (var keyword : ending[back]) {
                        ending[state] = with(ending[state], keyword);
                    }
                }
                for (int letter = 0; letter < width; letter++) {
                    int cell = state * width + letter;
                    int reached = next[back * width + letter];
                    if (next[cell] == 0) {
                        next[cell] = reached;
                    } else {
                        fallback[next[cell]] = reached;
                        waiting.add(next[cell]);
                    }
                }
            }
        }

        /// Cells as offsets of rows, so that a step needs no multiplication; below 0 where a keyword ends.
        int[] next() {
            var offsets = new int[states * width];
            for (int cell = 0; cell < offsets.length; cell++) {
                int state = next[cell];
                offsets[cell] = ending[state] == null ? state * width : -state * width;
            }
            return offsets;
        }

        int[][] ending() {
            return Arrays.copyOf(ending, states);
        }
    }
}
