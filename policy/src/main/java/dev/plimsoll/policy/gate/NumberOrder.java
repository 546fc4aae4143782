package dev.plimsoll.policy.gate;

import java.math.BigInteger;

/// The order of releases that are numbers with points between them: 9 lies before 10.
final class NumberOrder {

    /// In characters, of a number that is compared as one.
    private static final int MAX_NUMBER = 100;

    private NumberOrder() {}

    /// Part by part between dots: numbers as numbers, a number before a word, and a text that ends before its longer
    /// sibling.
    static int compare(String left, String right) {
        var lefts = left.split("\\.", -1);
        var rights = right.split("\\.", -1);
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = part(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    /// Whether every part between dots is a number.
    static boolean isNumbered(String text) {
        for (var part : text.split("\\.", -1)) {
            if (!isNumber(part)) {
                return false;
            }
        }
        return true;
    }

    private static int part(String left, String right) {
        return isNumber(left) && isNumber(right)
                ? new BigInteger(left).compareTo(new BigInteger(right))
                : left.compareTo(right);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < MAX_NUMBER && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
