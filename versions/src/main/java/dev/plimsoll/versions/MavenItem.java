package dev.plimsoll.versions;

import java.util.List;

/// A part of a Maven version.
sealed interface MavenItem {

    /// Whether it means the same as nothing.
    boolean isEmpty();

    /// @param text a number without leading zeros
    record Digits(String text) implements MavenItem {
        static final Digits ZERO = new Digits("0");

        @Override
        public boolean isEmpty() {
            return text.equals("0");
        }
    }

    /// A qualifier in its normal form.
    record Word(String text) implements MavenItem {

        private static final List<String> KNOWN = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");
        private static final int RELEASE = KNOWN.indexOf("");

        /// @param beforeNumber whether a number stands right behind it: only then are `a`, `b` and `m` short forms
        static Word of(String text, boolean beforeNumber) {
            return switch (text) {
                case "a" -> new Word(beforeNumber ? "alpha" : text);
                case "b" -> new Word(beforeNumber ? "beta" : text);
                case "m" -> new Word(beforeNumber ? "milestone" : text);
                case "cr" -> new Word("rc");
                case "ga", "final", "release" -> new Word("");
                default -> new Word(text);
            };
        }

        @Override
        public boolean isEmpty() {
            return text.isEmpty();
        }

        /// The known ones in their order, then all others by their text.
        int compareWord(Word other) {
            int order = Integer.compare(rank(), other.rank());
            return order != 0 || rank() < KNOWN.size() ? order : text.compareTo(other.text);
        }

        int compareToRelease() {
            return Integer.compare(rank(), RELEASE);
        }

        private int rank() {
            int known = KNOWN.indexOf(text);
            return known < 0 ? KNOWN.size() : known;
        }
    }

    /// What stands behind a hyphen or a change between digits and letters.
    record Nested(List<MavenItem> items) implements MavenItem {
        public Nested {
            items = List.copyOf(items);
        }

        @Override
        public boolean isEmpty() {
            return items.isEmpty();
        }
    }

    /// Removes the items that mean nothing from the end, and from before what is nested at the end.
    static void dropEmpty(List<MavenItem> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).isEmpty()) {
                items.remove(i);
            } else if (!(items.get(i) instanceof Nested)) {
                return;
            }
        }
    }

    /// Orders two items; the depth of the recursion is bounded by the length of a version.
    static int compare(MavenItem left, MavenItem right) {
        return switch (left) {
            case Digits number -> right instanceof Digits other ? DecimalText.compare(number.text(), other.text()) : 1;
            case Word word -> right instanceof Word other ? word.compareWord(other) : -1;
            case Nested nested ->
                switch (right) {
                    case Digits _ -> -1;
                    case Word _ -> 1;
                    case Nested other -> compareLists(nested.items(), other.items());
                };
        };
    }

    private static int compareLists(List<MavenItem> left, List<MavenItem> right) {
        for (int i = 0; i < left.size() || i < right.size(); i++) {
            int order;
            if (i >= right.size()) {
                order = compareToNothing(left.get(i));
            } else if (i >= left.size()) {
                order = -compareToNothing(right.get(i));
            } else {
                order = compare(left.get(i), right.get(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareToNothing(MavenItem item) {
        return switch (item) {
            case Digits number -> number.isEmpty() ? 0 : 1;
            case Word word -> word.compareToRelease();
            case Nested nested -> {
                for (var part : nested.items()) {
                    int order = compareToNothing(part);
                    if (order != 0) {
                        yield order;
                    }
                }
                yield 0;
            }
        };
    }
}
