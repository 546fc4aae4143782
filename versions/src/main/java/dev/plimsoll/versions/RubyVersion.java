package dev.plimsoll.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version of a Ruby gem, in the order of `Gem::Version`: segments of digits or letters, letters before digits.
///
/// Source: the documentation of `Gem::Version` (RubyGems): "Preface", "Prereleases".
///
/// @param segments without the zeros at the end of the numbers before the first word and at the end of all
record RubyVersion(List<String> segments) implements Comparable<RubyVersion> {

    private static final Pattern FORM =
            Pattern.compile("[0-9]++(?:\\.[0-9a-zA-Z]++)*+(?:-[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+)?");

    private static final String ZERO = "0";

    static Optional<RubyVersion> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RubyVersion(canonical(split(text)))) : Optional.empty();
    }

    @Override
    public int compareTo(RubyVersion other) {
        for (int i = 0; i < segments.size() || i < other.segments.size(); i++) {
            var left = i < segments.size() ? segments.get(i) : ZERO;
            var right = i < other.segments.size() ? other.segments.get(i) : ZERO;
            boolean number = DecimalText.isNumber(left);
            if (number != DecimalText.isNumber(right)) {
                return number ? 1 : -1;
            }
            int order = number ? DecimalText.compare(left, right) : left.compareTo(right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// Runs of digits and of letters; a hyphen stands for `pre`.
    private static List<String> split(String text) {
        var segments = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int from = at;
            if (DecimalText.isDigit(c)) {
                at = DecimalText.endOfDigits(text, at);
                segments.add(text.substring(from, at));
            } else if (DecimalText.isLetter(c)) {
                while (at < text.length() && DecimalText.isLetter(text.charAt(at))) {
                    at++;
                }
                segments.add(text.substring(from, at));
            } else {
                at++;
                if (c == '-') {
                    segments.add("pre");
                }
            }
        }
        return segments;
    }

    private static List<String> canonical(List<String> segments) {
        int firstWord = 0;
        while (firstWord < segments.size() && DecimalText.isNumber(segments.get(firstWord))) {
            firstWord++;
        }
        var canonical = new ArrayList<String>(segments.subList(0, endWithoutZeros(segments, 0, firstWord)));
        canonical.addAll(segments.subList(firstWord, endWithoutZeros(segments, firstWord, segments.size())));
        return List.copyOf(canonical);
    }

    private static int endWithoutZeros(List<String> segments, int from, int to) {
        int end = to;
        while (end > from
                && DecimalText.isNumber(segments.get(end - 1))
                && DecimalText.compare(segments.get(end - 1), ZERO) == 0) {
            end--;
        }
        return end;
    }
}
