package dev.plimsoll.policy.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A type of parameter values.
///
/// @param name for the reference, `list of numbers`
/// @param accepted what a value must look like, for messages: `must be …`
/// @param allowed the only values, where they can be listed; else none
/// @param older words that older bundles write, and the allowed values that they mean
/// @param form what every text that is taken looks like, as a regular expression of ECMA-262 for the whole text, where
///     one can say it; else empty
/// @param parser takes the text, and whether patterns may backtrack
/// @param printer how the reference writes a value
public record ValueType<T>(
        String name,
        String accepted,
        List<String> allowed,
        Map<String, String> older,
        String form,
        BiFunction<String, Boolean, Parsed<T>> parser,
        Function<T, String> printer) {

    public ValueType {
        allowed = List.copyOf(allowed);
        older = Collections.unmodifiableMap(new LinkedHashMap<>(older));
    }

    /// A type of which no more is known than what its parser takes.
    public ValueType(
            String name,
            String accepted,
            List<String> allowed,
            BiFunction<String, Boolean, Parsed<T>> parser,
            Function<T, String> printer) {
        this(name, accepted, allowed, Map.of(), "", parser, printer);
    }

    /// The same, where the form of its texts can be said.
    ValueType<T> ofForm(String expression) {
        return new ValueType<>(name, accepted, allowed, older, expression, parser, printer);
    }

    /// The text in the words of a format.
    ///
    /// @param olderFormat whether in those of format 1_0
    public String wordIn(boolean olderFormat, String text) {
        for (var pair : older.entrySet()) {
            if (olderFormat && pair.getValue().equalsIgnoreCase(text)) {
                return pair.getKey();
            }
            if (!olderFormat && pair.getKey().equalsIgnoreCase(text)) {
                return pair.getValue();
            }
        }
        return text;
    }

    public Parsed<T> parse(String text, boolean allowBacktracking) {
        return parser.apply(text, allowBacktracking);
    }

    /// What became of a text.
    public sealed interface Parsed<T> {}

    public record Value<T>(T value) implements Parsed<T> {}

    /// @param reason one clause that says what is allowed
    public record Rejected<T>(String reason) implements Parsed<T> {}
}
