package dev.plimsoll.policy.rule;

import java.util.List;
import java.util.Optional;

/// A parameter of a trigger. In bundles every value is a JSON string; its type says which strings are allowed.
///
/// @param name lower case
/// @param olderNames that bundles of format 1_0 may write in its place
/// @param example a value that is allowed
/// @param orElse what holds where a rule does not give it
public record Parameter<T>(
        String name,
        List<String> olderNames,
        ValueType<T> type,
        String description,
        String example,
        boolean required,
        Optional<T> orElse) {

    public Parameter {
        olderNames = List.copyOf(olderNames);
    }

    public static <T> Parameter<T> of(String name, ValueType<T> type) {
        return new Parameter<>(name, List.of(), type, "", "", false, Optional.empty());
    }

    /// Names that it had before.
    public Parameter<T> once(String... older) {
        return new Parameter<>(name, List.of(older), type, description, example, required, orElse);
    }

    /// Whether a bundle means it by that name, in any case.
    public boolean isNamed(String text) {
        return name.equalsIgnoreCase(text) || olderNames.stream().anyMatch(text::equalsIgnoreCase);
    }

    public Parameter<T> describedAs(String words) {
        return new Parameter<>(name, olderNames, type, words, example, required, orElse);
    }

    public Parameter<T> like(String value) {
        return new Parameter<>(name, olderNames, type, description, value, required, orElse);
    }

    public Parameter<T> mustBeGiven() {
        return new Parameter<>(name, olderNames, type, description, example, true, orElse);
    }

    public Parameter<T> orElse(T value) {
        return new Parameter<>(name, olderNames, type, description, example, required, Optional.of(value));
    }

    /// Names of the parameters, for messages.
    public static List<String> names(List<Parameter<?>> parameters) {
        return parameters.stream().<String>map(Parameter::name).toList();
    }
}
