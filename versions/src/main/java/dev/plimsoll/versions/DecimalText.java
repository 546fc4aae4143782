package dev.plimsoll.versions;

/// Whole numbers of any length as text, so that a version of a thousand digits neither overflows nor costs more
/// than its length.
final class DecimalText {

    private DecimalText() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Whether the text is one or more ASCII digits.
    static boolean isNumber(String text) {
        return !text.isEmpty() && endOfDigits(text, 0) == text.length();
    }

    /// The index behind the run of digits that begins at `from`.
    static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// The number without leading zeros; `0` for zero.
    static String withoutLeadingZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    /// Orders two numbers by their value.
    static int compare(String left, String right) {
        return compare(left, 0, left.length(), right, 0, right.length());
    }

    /// Orders two runs of digits by their value; an empty run is zero.
    static int compare(String left, int leftFrom, int leftTo, String right, int rightFrom, int rightTo) {
        int i = leftFrom;
        while (i < leftTo && left.charAt(i) == '0') {
            i++;
        }
        int j = rightFrom;
        while (j < rightTo && right.charAt(j) == '0') {
            j++;
        }
        if (leftTo - i != rightTo - j) {
            return Integer.compare(leftTo - i, rightTo - j);
        }
        for (; i < leftTo; i++, j++) {
            if (left.charAt(i) != right.charAt(j)) {
                return Character.compare(left.charAt(i), right.charAt(j));
            }
        }
        return 0;
    }
}
