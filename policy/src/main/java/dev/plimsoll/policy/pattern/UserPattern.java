package dev.plimsoll.policy.pattern;

import java.util.Optional;
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
    /// Looks at a character in all matches of one rule: seconds, where a text for each of a million paths would take
    /// hours.
    public static final long MAX_STEPS_TOGETHER = 200_000_000;

    private final String text;
    private final Engine engine;
    private final Optional<String> linear;

    /// @param linear in re2j's syntax; empty where it needs backtracking
    private UserPattern(String text, Engine engine, Optional<String> linear) {
        this.text = text;
        this.engine = engine;
        this.linear = linear;
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
                return new Usable(new UserPattern(
                        text, (candidate, budget) -> backtrack(text, pattern, candidate, budget), Optional.empty()));
            }
            var pattern = com.google.re2j.Pattern.compile(translation.text());
            return new Usable(new UserPattern(
                    text, (candidate, _) -> pattern.matcher(candidate).lookingAt(), Optional.of(translation.text())));
        } catch (PatternSyntaxException e) {
            return new Refused("not a regular expression: " + e.getDescription());
        } catch (com.google.re2j.PatternSyntaxException e) {
            return new Refused("not a regular expression: " + e.getDescription());
        }
    }

    private static boolean backtrack(String text, Pattern pattern, String candidate, Budget budget) {
        int allowed = (int) Math.min(MAX_STEPS, budget.left);
        var counted = new CountedText(candidate, allowed);
        try {
            return pattern.matcher(counted).lookingAt();
        } catch (PatternBoundException | StackOverflowError e) {
            throw new PatternBoundException("the pattern '" + text + "' took more than "
                    + (allowed < MAX_STEPS
                            ? MAX_STEPS_TOGETHER + " steps on all texts together"
                            : MAX_STEPS + " steps on a text of " + candidate.length() + " characters"));
        } finally {
            budget.left -= allowed - counted.left();
        }
    }

    /// Whether a beginning of the text has the pattern's form.
    ///
    /// @throws PatternBoundException when backtracking took too many steps
    public boolean matchesStartOf(String candidate) {
        return matchesStartOf(candidate, new Budget());
    }

    /// The same, for one of many texts.
    ///
    /// @param budget what the texts may take together
    /// @throws PatternBoundException when backtracking took too many steps, on this text or on all
    public boolean matchesStartOf(String candidate, Budget budget) {
        return engine.matchesStartOf(candidate, budget);
    }

    /// What finds, in RE2's syntax, the texts whose beginning has the pattern's form; empty where RE2 cannot.
    public Optional<String> searchExpression() {
        return linear.map(expression -> "^(?:" + expression + ")");
    }

    /// The steps that several texts may take together: {@link #MAX_STEPS_TOGETHER}. For one thread.
    public static final class Budget {
        private long left = MAX_STEPS_TOGETHER;
    }

    /// As the user wrote it.
    @Override
    public String toString() {
        return text;
    }

    private interface Engine {
        boolean matchesStartOf(String candidate, Budget budget);
    }
}
