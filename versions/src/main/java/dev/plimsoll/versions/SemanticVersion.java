package dev.plimsoll.versions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A semantic version; build metadata is read and forgotten.
///
/// Source: Semantic Versioning 2.0.0, points 2, 9, 10 and 11. npm, Cargo and Go each have a class that says how
/// they differ.
///
/// @param numbers major, minor, patch, without leading zeros
/// @param prerelease identifiers, empty for a release
record SemanticVersion(List<String> numbers, List<String> prerelease) implements Comparable<SemanticVersion> {

    private static final Comparator<SemanticVersion> ORDER = Comparator.comparing(
                    SemanticVersion::numbers, SemanticVersion::compareNumbers)
            .thenComparing(version -> version.prerelease.isEmpty())
            .thenComparing(SemanticVersion::prerelease, SemanticVersion::comparePrerelease);

    private static final int NUMBERS = 3;

    /// Reads exactly `major.minor.patch[-prerelease][+build]`.
    ///
    /// @param largest the largest number that the ecosystem's own tool takes for major, minor and patch
    static Optional<SemanticVersion> parse(String text, String largest) {
        int plus = text.indexOf('+');
        var withoutBuild = plus < 0 ? text : text.substring(0, plus);
        int hyphen = withoutBuild.indexOf('-');
        var numbers = split(hyphen < 0 ? withoutBuild : withoutBuild.substring(0, hyphen));
        List<String> prerelease = hyphen < 0 ? List.of() : split(withoutBuild.substring(hyphen + 1));
        List<String> build = plus < 0 ? List.of() : split(text.substring(plus + 1));
        boolean valid = numbers.size() == NUMBERS
                && numbers.stream()
                        .allMatch(number -> isPlainNumber(number) && DecimalText.compare(number, largest) <= 0)
                && prerelease.stream().allMatch(SemanticVersion::isPrereleaseIdentifier)
                && build.stream().allMatch(SemanticVersion::isIdentifier);
        return valid ? Optional.of(new SemanticVersion(numbers, prerelease)) : Optional.empty();
    }

    /// `1` and `1.2` with the zeros that they leave out; every other text as it is.
    static String completed(String text) {
        int major = DecimalText.endOfDigits(text, 0);
        if (major > 0 && major == text.length()) {
            return text + ".0.0";
        }
        boolean twoNumbers = major > 0
                && text.charAt(major) == '.'
                && major + 1 < text.length()
                && DecimalText.endOfDigits(text, major + 1) == text.length();
        return twoNumbers ? text + ".0" : text;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    /// The parts between dots, empty ones too.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            parts.add(text.substring(from, dot));
            from = dot + 1;
        }
        parts.add(text.substring(from));
        return List.copyOf(parts);
    }

    private static boolean isPlainNumber(String text) {
        return DecimalText.isNumber(text) && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isPrereleaseIdentifier(String text) {
        return isIdentifier(text) && (!DecimalText.isNumber(text) || isPlainNumber(text));
    }

    private static boolean isIdentifier(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!DecimalText.isDigit(c) && !DecimalText.isLetter(c) && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int compareNumbers(List<String> left, List<String> right) {
        for (int i = 0; i < NUMBERS; i++) {
            int order = DecimalText.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePrerelease(List<String> left, List<String> right) {
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            var one = left.get(i);
            var other = right.get(i);
            boolean number = DecimalText.isNumber(one);
            if (number != DecimalText.isNumber(other)) {
                return number ? -1 : 1;
            }
            int order = number ? DecimalText.compare(one, other) : one.compareTo(other);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
