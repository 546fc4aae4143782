package dev.plimsoll.policy.rule;

import java.util.List;
import java.util.Optional;

/// A parameter of a trigger. In bundles every value is a JSON string; its type says which strings are allowed.
///
/// @param name lower case
/// @param example a value that is allowed
/// @param orElse what holds where a rule does not give it
public record Parameter<T>(
        String name, ValueType<T> type, String description, String example, boolean required, Optional<T> orElse) {

    public static <T> Parameter<T> of(String name, ValueType<T> type) {
        return new Parameter<>(name, type, "", "", false, Optional.empty());
    }

    public Parameter<T> describedAs(String words) {
        return new Parameter<>(name, type, words, example, required, orElse);
    }

    public Parameter<T> like(String value) {
        return new Parameter<>(name, type, description, value, required, orElse);
    }

    public Parameter<T> mustBeGiven() {
        return new Parameter<>(name, type, description, example, true, orElse);
    }

    public Parameter<T> orElse(T value) {
        return new Parameter<>(name, type, description, example, required, Optional.of(value));
    }

    /// Names of the parameters, for messages.
    public static List<String> names(List<Parameter<?>> parameters) {
        return parameters.stream().<String>map(Parameter::name).toList();
    }
}
