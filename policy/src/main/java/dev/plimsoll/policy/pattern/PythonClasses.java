package dev.plimsoll.policy.pattern;

import java.util.Locale;

/// What Python's `\w` and `\s` and their opposites hold, written for a class of re2j and of the JDK.
///
/// Source: Python 3 library reference, "re", section "Regular Expression Syntax"; `str.isalnum`, `str.isspace`.
final class PythonClasses {

    static final String WORD = "\\p{L}\\p{N}_";
    static final String SPACE = "\\t\\n\\x0b\\f\\r\\x1c-\\x1f\\x{85}\\p{Z}";

    /// How many atoms `\W` within a class counts for: it is written out as hundreds of ranges.
    static final long NOT_WORD_SIZE = 100;

    /// What {@link #SPACE} leaves: between the few white spaces there are.
    private static final String NOT_SPACE = "\\x00-\\x08\\x0e-\\x1b\\x21-\\x{84}\\x{86}-\\x{9f}\\x{a1}-\\x{167f}"
            + "\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"
            + "\\x{3001}-\\x{10ffff}";

    private PythonClasses() {}

    /// What the escape of that letter adds to a class; empty where it is no set.
    static String within(char letter) {
        return switch (letter) {
            case 'd' -> "\\p{Nd}";
            case 'D' -> "\\P{Nd}";
            case 'w' -> WORD;
            case 'W' -> NotWord.RANGES;
            case 's' -> SPACE;
            case 'S' -> NOT_SPACE;
            default -> "";
        };
    }

    /// A character that stands for itself, within a class and without.
    static String character(int point) {
        boolean alphanumeric =
                (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
        if (alphanumeric || (point > 0xa0 && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))) {
            return Character.toString(point);
        }
        if (point > ' ' && point < 0x7f) {
            return "\\" + (char) point;
        }
        return "\\x{" + String.format(Locale.ROOT, "%x", point) + "}";
    }

    /// What {@link #WORD} leaves, as ranges that can stand in a class beside others: a class within a class is unknown
    /// to
    /// re2j, and a
    /// list of categories would miss what its tables do not know. Made when it is first needed.
    private static final class NotWord {

        static final String RANGES = ranges();

        private static String ranges() {
            var ranges = new StringBuilder();
            int first = -1;
            for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
                boolean outside = point <= Character.MAX_CODE_POINT && !isWord(point);
                if (outside && first < 0) {
                    first = point;
                } else if (!outside && first >= 0) {
                    ranges.append(String.format(Locale.ROOT, "\\x{%x}-\\x{%x}", first, point - 1));
                    first = -1;
                }
            }
            return ranges.toString();
        }

        private static boolean isWord(int point) {
            return switch (Character.getType(point)) {
                case Character.UPPERCASE_LETTER,
                        Character.LOWERCASE_LETTER,
                        Character.TITLECASE_LETTER,
                        Character.MODIFIER_LETTER,
                        Character.OTHER_LETTER,
                        Character.DECIMAL_DIGIT_NUMBER,
                        Character.LETTER_NUMBER,
                        Character.OTHER_NUMBER -> true;
                default -> point == '_';
            };
        }
    }
}
