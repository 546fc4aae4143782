package dev.plimsoll.inventory.secret;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// An expression in RE2's syntax that is made ready when it is first needed: most runs need few of the rules', and to
/// make all ready takes a good part of a second. Safe for several threads; made ready twice where two need it at once.
public final class LateExpression {

    private final String text;
    private volatile @Nullable Pattern ready;

    LateExpression(String text) {
        this.text = text;
    }

    /// As it was written.
    public String pattern() {
        return text;
    }

    /// @throws IllegalStateException where it is no expression, which a test of the table excludes
    public Matcher matcher(CharSequence input) {
        var pattern = ready;
        if (pattern == null) {
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new IllegalStateException("no expression: " + text, e);
            }
            ready = pattern;
        }
        return pattern.matcher(input);
    }

    @Override
    public String toString() {
        return text;
    }
}
