package dev.plimsoll.versions;

import java.util.List;

/// A part of a Maven version.
sealed interface MavenItem {

    /// Whether it means the same as nothing.
    boolean isEmpty();

    /// @param digits without leading zeros
    record Number(String digits) implements MavenItem {
        static final Number ZERO = new Number("0");

        @Override
        public boolean isEmpty() {
            return digits.equals("0");
        }
    }

    /// A qualifier in its normal form.
    record Word(String text) implements MavenItem {

        private static final List<String> KNOWN = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");
        private static final int RELEASE = KNOWN.indexOf("");

        /// @param beforeNumber whether a number stands right behind it: only then are `a`, `b` and `m` short forms
        static Word of(String text, boolean beforeNumber) {
            if (beforeNumber && text.length() == 1) {
                switch (text.charAt(0)) {
                    case 'a':
                        return new Word("alpha");
                    case 'b':
                        return new Word("beta");
                    case 'm':
                        return new Word("milestone");
                    default:
                }
            }
            return switch (text) {
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

    /// `rc1`, `rc-1`.
    record WordWithNumber(Word word, Number number) implements MavenItem {

        static WordWithNumber of(String text) {
            int digits = 0;
            while (!DecimalText.isDigit(text.charAt(digits))) {
                digits++;
            }
            return new WordWithNumber(
                    Word.of(text.substring(0, digits), true),
                    new Number(DecimalText.withoutLeadingZeros(text.substring(digits))));
        }

        @Override
        public boolean isEmpty() {
            return false;
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

    /// Removes the items that mean nothing and stand at the end or before a qualifier.
    static void dropEmpty(List<MavenItem> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).isEmpty() && (i == items.size() - 1 || beginsWithWord(items.get(i + 1)))) {
                items.remove(i);
            }
        }
    }

    private static boolean beginsWithWord(MavenItem item) {
        return switch (item) {
            case Word _ -> true;
            case Nested nested ->
                !nested.items().isEmpty()
                        && (nested.items().getFirst() instanceof Word
                                || nested.items().getFirst() instanceof WordWithNumber);
            case Number _, WordWithNumber _ -> false;
        };
    }

    /// Orders two items; the depth of the recursion is bounded by the length of a version.
    static int compare(MavenItem left, MavenItem right) {
        return switch (left) {
            case Number number ->
                right instanceof Number other ? DecimalText.compare(number.digits(), other.digits()) : 1;
            case Word word ->
                switch (right) {
                    case Word other -> word.compareWord(other);
                    case WordWithNumber other -> {
                        int order = word.compareWord(other.word());
                        yield order != 0 ? order : -1;
                    }
                    case Number _, Nested _ -> -1;
                };
            case WordWithNumber word ->
                switch (right) {
                    case Word other -> {
                        int order = word.word().compareWord(other);
                        yield order != 0 ? order : 1;
                    }
                    case WordWithNumber other -> {
                        int order = word.word().compareWord(other.word());
                        yield order != 0
                                ? order
                                : DecimalText.compare(word.number().digits(), other.number().digits());
                    }
                    case Number _, Nested _ -> -1;
                };
            case Nested nested ->
                switch (right) {
                    case Number _ -> -1;
                    case Word _, WordWithNumber _ -> 1;
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
            case Number number -> number.isEmpty() ? 0 : 1;
            case Word word -> word.compareToRelease();
            case WordWithNumber word -> word.word().compareToRelease();
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
