package dev.plimsoll.policy.pattern;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression that a user wrote, with the meaning that Python's `re.match` gives it: anchored at the start
/// only, `.`
/// without newline.
///
/// It runs in time linear in the text on re2j. Look-around, back-references, possessive and atomic groups cannot, and
/// are
/// refused unless backtracking is allowed; then the JDK's matcher runs them, broken off after {@link #MAX_STEPS}. Safe
/// for
/// several threads.
///
/// Source: Python 3 library reference, "re", section "Regular Expression Syntax"; differences in {@link PythonPattern}.
public final class UserPattern {

    /// Characters of a pattern.
    public static final int MAX_LENGTH = 4096;
    /// Looks at a character in one match, where backtracking is allowed.
    public static final int MAX_STEPS = 1_000_000;

    private final String text;
    private final Engine engine;

    private UserPattern(String text, Engine engine) {
        this.text = text;
        this.engine = engine;
    }

    /// What became of a pattern's text.
    public sealed interface Compilation {}

    public record Usable(UserPattern pattern) implements Compilation {}

    /// @param reason names the construct and its place, counted from 1
    public record Refused(String reason) implements Compilation {}

    /// Reads a pattern.
    ///
    /// @param allowBacktracking whether constructs that need it may be used, with bounded steps
    public static Compilation compile(String text, boolean allowBacktracking) {
        if (text.length() > MAX_LENGTH) {
            return new Refused("the pattern is over " + MAX_LENGTH + " characters long");
        }
        PythonPattern.Translation translation;
        try {
            translation = PythonPattern.translate(text, allowBacktracking);
        } catch (RefusedPatternException e) {
            return new Refused(e.getMessage());
        }
        try {
            if (translation.backtracks()) {
                var pattern = Pattern.compile(translation.text(), Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
                return new Usable(new UserPattern(text, candidate -> backtrack(pattern, candidate)));
            }
            var pattern = com.google.re2j.Pattern.compile(translation.text());
            return new Usable(new UserPattern(
                    text, candidate -> pattern.matcher(candidate).lookingAt()));
        } catch (PatternSyntaxException e) {
            return new Refused("not a regular expression: " + e.getDescription());
        } catch (com.google.re2j.PatternSyntaxException e) {
            return new Refused("not a regular expression: " + e.getDescription());
        }
    }

    private static boolean backtrack(Pattern pattern, String candidate) {
        try {
            return pattern.matcher(new CountedText(candidate, MAX_STEPS)).lookingAt();
        } catch (PatternBoundException | StackOverflowError e) {
            throw new PatternBoundException("the pattern '" + pattern.pattern() + "' took more than " + MAX_STEPS
                    + " steps on a text of " + candidate.length() + " characters");
        }
    }

    /// Whether a beginning of the text has the pattern's form.
    ///
    /// @throws PatternBoundException when backtracking took too many steps
    public boolean matchesStartOf(String candidate) {
        return engine.matchesStartOf(candidate);
    }

    /// As the user wrote it.
    @Override
    public String toString() {
        return text;
    }

    private interface Engine {
        boolean matchesStartOf(String candidate);
    }
}
