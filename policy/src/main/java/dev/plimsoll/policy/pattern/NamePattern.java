package dev.plimsoll.policy.pattern;

import java.util.Optional;

/// What a mapping or an allowlist names things by: a text with `*` for any run of characters, or `regexp:` with a
/// pattern for
/// the beginning. Upper and lower case differ.
public final class NamePattern {

    private static final String REGEXP = "regexp:";

    private final String text;
    private final Optional<UserPattern> pattern;
    private final boolean literal;

    private NamePattern(String text, Optional<UserPattern> pattern, boolean literal) {
        this.text = text;
        this.pattern = pattern;
        this.literal = literal;
    }

    /// Fits that one name, whatever characters it has.
    public static NamePattern exactly(String name) {
        return new NamePattern(name, Optional.empty(), true);
    }

    /// What became of the text.
    public sealed interface Compilation {}

    public record Usable(NamePattern pattern) implements Compilation {}

    public record Refused(String reason) implements Compilation {}

    public static Compilation compile(String text, boolean allowBacktracking) {
        var trimmed = text.strip();
        if (!trimmed.startsWith(REGEXP)) {
            return new Usable(new NamePattern(text, Optional.empty(), false));
        }
        return switch (UserPattern.compile(trimmed.substring(REGEXP.length()), allowBacktracking)) {
            case UserPattern.Usable(var pattern) -> new Usable(new NamePattern(text, Optional.of(pattern), false));
            case UserPattern.Refused(var reason) -> new Refused(reason);
        };
    }

    /// @throws PatternBoundException when backtracking took too many steps
    public boolean matches(String name) {
        return matches(name, new UserPattern.Budget());
    }

    /// The same, for one of many names.
    ///
    /// @param budget what the names may take together
    /// @throws PatternBoundException when backtracking took too many steps, on this name or on all
    public boolean matches(String name, UserPattern.Budget budget) {
        return literal
                ? text.equals(name)
                : pattern.map(regexp -> regexp.matchesStartOf(name, budget)).orElseGet(() -> matchesWildcards(name));
    }

    /// The one name that it fits, empty where it can fit several.
    public Optional<String> exactName() {
        return literal || (pattern.isEmpty() && text.indexOf('*') < 0) ? Optional.of(text) : Optional.empty();
    }

    /// How every name that it fits begins; may be empty.
    public String prefix() {
        int star = text.indexOf('*');
        return pattern.isPresent() ? "" : star < 0 ? text : text.substring(0, star);
    }

    /// Goes back to the last `*` only, so the time is bounded by the product of the lengths.
    private boolean matchesWildcards(String name) {
        int inText = 0;
        int inName = 0;
        int star = -1;
        int starName = 0;
        while (inName < name.length()) {
            if (inText < text.length() && text.charAt(inText) == '*') {
                star = inText++;
                starName = inName;
            } else if (inText < text.length() && text.charAt(inText) == name.charAt(inName)) {
                inText++;
                inName++;
            } else if (star >= 0) {
                inText = star + 1;
                inName = ++starName;
            } else {
                return false;
            }
        }
        while (inText < text.length() && text.charAt(inText) == '*') {
            inText++;
        }
        return inText == text.length();
    }

    /// As the user wrote it.
    @Override
    public String toString() {
        return text;
    }
}
