package dev.plimsoll.versions;

import java.util.Comparator;
import java.util.Optional;

/// An rpm version, `[epoch:]version[-release]`, in rpm's order.
///
/// Source: rpm-version(7) and rpm's manual, "Dependencies", section "Versioning". A missing epoch is 0 here;
/// matching, which knows where a text comes from, may give it another. A missing release sorts before every
/// release. Not consistent with equals: `1.0` and `1_0` compare as equal.
///
/// @param release empty where it is missing
record RpmVersion(String epoch, String version, String release) implements Comparable<RpmVersion> {

    private static final Comparator<RpmVersion> ORDER = Comparator.comparing(RpmVersion::epoch, DecimalText::compare)
            .thenComparing(RpmVersion::version, RpmVersion::comparePart)
            .thenComparing(version -> !version.release.isEmpty())
            .thenComparing(RpmVersion::release, RpmVersion::comparePart);

    static Optional<RpmVersion> parse(String text) {
        int digits = DecimalText.endOfDigits(text, 0);
        boolean hasEpoch = digits < text.length() && text.charAt(digits) == ':';
        var epoch = hasEpoch ? text.substring(0, digits) : "0";
        int from = hasEpoch ? digits + 1 : 0;
        int hyphen = text.lastIndexOf('-');
        boolean hasRelease = hyphen >= from;
        var version = text.substring(from, hasRelease ? hyphen : text.length());
        var release = hasRelease ? text.substring(hyphen + 1) : "";
        boolean valid = hasLetterOrDigit(version) && (!hasRelease || !release.isEmpty());
        return valid ? Optional.of(new RpmVersion(epoch, version, release)) : Optional.empty();
    }

    @Override
    public int compareTo(RpmVersion other) {
        return ORDER.compare(this, other);
    }

    private static boolean hasLetterOrDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (DecimalText.isDigit(text.charAt(i)) || DecimalText.isLetter(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// Segments of digits or letters; what stands between them only separates, but for `~` (before the end) and `^`
    /// (after the end, before anything else).
    private static int comparePart(String left, String right) {
        int i = 0;
        int j = 0;
        while (true) {
            i = afterSeparators(left, i);
            j = afterSeparators(right, j);
            char one = at(left, i);
            char other = at(right, j);
            if (one == '~' || other == '~') {
                if (one != other) {
                    return one == '~' ? -1 : 1;
                }
                i++;
                j++;
                continue;
            }
            if (one == '^' || other == '^') {
                if (one != other) {
                    return one == '^' ? (other == END ? 1 : -1) : (one == END ? -1 : 1);
                }
                i++;
                j++;
                continue;
            }
            if (one == END || other == END) {
                return Boolean.compare(one != END, other != END);
            }
            boolean number = DecimalText.isDigit(one);
            if (number != DecimalText.isDigit(other)) {
                return number ? 1 : -1;
            }
            int leftEnd = number ? DecimalText.endOfDigits(left, i) : endOfLetters(left, i);
            int rightEnd = number ? DecimalText.endOfDigits(right, j) : endOfLetters(right, j);
            int order = number
                    ? DecimalText.compare(left, i, leftEnd, right, j, rightEnd)
                    : left.substring(i, leftEnd).compareTo(right.substring(j, rightEnd));
            if (order != 0) {
                return order;
            }
            i = leftEnd;
            j = rightEnd;
        }
    }

    private static final char END = 0;

    private static char at(String text, int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    private static int afterSeparators(String text, int from) {
        int index = from;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (DecimalText.isDigit(c) || DecimalText.isLetter(c) || c == '~' || c == '^') {
                break;
            }
            index++;
        }
        return index;
    }

    private static int endOfLetters(String text, int from) {
        int end = from;
        while (end < text.length() && DecimalText.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
