package dev.plimsoll.versions;

import java.util.Comparator;
import java.util.Optional;

/// A Debian version, `[epoch:]upstream[-revision]`, in dpkg's order.
///
/// Source: deb-version(7), sections "Description" and "Sorting algorithm". Stricter than `dpkg --compare-versions`,
/// which only warns of foreign characters: `<unfixed>` is no version. Not consistent with equals: `1.0` and `1.00`
/// compare as equal.
record DebianVersion(int epoch, String upstream, String revision) implements Comparable<DebianVersion> {

    private static final Comparator<DebianVersion> ORDER = Comparator.comparingInt(DebianVersion::epoch)
            .thenComparing(DebianVersion::upstream, DebianVersion::comparePart)
            .thenComparing(DebianVersion::revision, DebianVersion::comparePart);

    /// Splits and checks once; a missing epoch is 0.
    static Optional<DebianVersion> parse(String text) {
        int colon = text.indexOf(':');
        int hyphen = text.lastIndexOf('-');
        var epoch = colon < 0 ? "0" : text.substring(0, colon);
        var upstream = text.substring(colon + 1, hyphen > colon ? hyphen : text.length());
        var revision = hyphen > colon ? text.substring(hyphen + 1) : "";
        boolean valid = isEpoch(epoch)
                && !upstream.isEmpty()
                && DecimalText.isDigit(upstream.charAt(0))
                && consistsOf(upstream, colon < 0 ? ".+~-" : ".+~-:")
                && hyphen != text.length() - 1
                && consistsOf(revision, ".+~");
        return valid ? Optional.of(new DebianVersion(Integer.parseInt(epoch), upstream, revision)) : Optional.empty();
    }

    @Override
    public int compareTo(DebianVersion other) {
        return ORDER.compare(this, other);
    }

    /// dpkg refuses epochs that do not fit an `int`.
    private static boolean isEpoch(String text) {
        return DecimalText.isNumber(text) && DecimalText.compare(text, Integer.toString(Integer.MAX_VALUE)) <= 0;
    }

    private static boolean consistsOf(String text, String punctuation) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!DecimalText.isDigit(c) && !DecimalText.isLetter(c) && punctuation.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Runs of non-digits and digits by turns.
    private static int comparePart(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() || j < right.length()) {
            while (weight(left, i) != 0 || weight(right, j) != 0) {
                int order = Integer.compare(weight(left, i), weight(right, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int leftEnd = DecimalText.endOfDigits(left, i);
            int rightEnd = DecimalText.endOfDigits(right, j);
            int order = DecimalText.compare(left, i, leftEnd, right, j, rightEnd);
            if (order != 0) {
                return order;
            }
            i = leftEnd;
            j = rightEnd;
        }
        return 0;
    }

    /// `~` before the end of a part, the end (and digits, which end a run) before letters, letters before the rest.
    private static int weight(String text, int index) {
        if (index >= text.length() || DecimalText.isDigit(text.charAt(index))) {
            return 0;
        }
        char c = text.charAt(index);
        int afterLetters = 256;
        return c == '~' ? -1 : DecimalText.isLetter(c) ? c : c + afterLetters;
    }
}
