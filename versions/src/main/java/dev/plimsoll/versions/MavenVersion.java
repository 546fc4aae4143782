package dev.plimsoll.versions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A Maven version: every text is one. Numbers and qualifiers, nested one deeper at each hyphen and at each change
/// between digits and letters, in the order of Maven's `ComparableVersion`.
///
/// Source: POM Reference, section "Version Order Specification", and where that is silent the behaviour of
/// maven-artifact 3.10. Not consistent with equals: `1` and `1.0` compare as equal.
record MavenVersion(MavenItem.Nested items) implements Comparable<MavenVersion> {

    static Optional<MavenVersion> parse(String text) {
        return Optional.of(new MavenVersion(new Reader(text.toLowerCase(Locale.ROOT)).read()));
    }

    @Override
    public int compareTo(MavenVersion other) {
        return MavenItem.compare(items, other.items);
    }

    /// Reads a text once, from left to right.
    private static final class Reader {

        private final String text;
        private final ArrayDeque<List<MavenItem>> open = new ArrayDeque<>();

        /// Where the token that is being read begins.
        private int from;

        private boolean inNumber;

        Reader(String text) {
            this.text = text;
            open.push(new ArrayList<>());
        }

        MavenItem.Nested read() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.') {
                    close(i);
                } else if (c == '-') {
                    close(i);
                    nest();
                } else {
                    boolean digit = DecimalText.isDigit(c);
                    if (digit != inNumber && i > from) {
                        closeAtChange(i);
                    }
                    inNumber = digit;
                }
            }
            if (from < text.length()) {
                if (!inNumber && !open.getFirst().isEmpty()) {
                    nest();
                }
                close(text.length());
            }
            return closeAll();
        }

        /// Ends the token before a dot, a hyphen or the end; nothing counts as zero.
        private void close(int to) {
            open.getFirst().add(to == from ? MavenItem.Digits.ZERO : item(text.substring(from, to), false));
            from = to + 1;
        }

        /// Ends the token between digits and letters, where no sign stands.
        private void closeAtChange(int to) {
            if (!inNumber && !open.getFirst().isEmpty()) {
                nest();
            }
            open.getFirst().add(item(text.substring(from, to), true));
            from = to;
            nest();
        }

        private MavenItem item(String token, boolean beforeNumber) {
            return inNumber
                    ? new MavenItem.Digits(DecimalText.withoutLeadingZeros(token))
                    : MavenItem.Word.of(token, beforeNumber);
        }

        private void nest() {
            open.push(new ArrayList<>());
        }

        /// Closes the innermost first, so that what became empty can vanish from what is around it.
        private MavenItem.Nested closeAll() {
            while (true) {
                var items = open.pop();
                MavenItem.dropEmpty(items);
                var nested = new MavenItem.Nested(items);
                if (open.isEmpty()) {
                    return nested;
                }
                open.getFirst().add(nested);
            }
        }
    }
}
