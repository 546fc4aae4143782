package dev.plimsoll.policy.rule;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A type of parameter values.
///
/// @param name for the reference, `list of numbers`
/// @param accepted what a value must look like, for messages: `must be …`
/// @param allowed the only values, where they can be listed; else none
/// @param parser takes the text, and whether patterns may backtrack
/// @param printer how the reference writes a value
public record ValueType<T>(
        String name,
        String accepted,
        List<String> allowed,
        BiFunction<String, Boolean, Parsed<T>> parser,
        Function<T, String> printer) {

    public ValueType {
        allowed = List.copyOf(allowed);
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
