package dev.plimsoll.policy.expression;

import java.util.Optional;
import java.util.function.Function;

/// Something that a condition can ask of an image or of something in it.
///
/// @param name as conditions write it: `finding.severity`
/// @param meaning for the reference, a sentence
/// @param missing why nobody knows it where the value is empty, a clause
/// @param value a String, Long, Double, Boolean, a List of Strings or a Map of Strings, as the type
/// says
public record Fact(String name, Type type, String meaning, String missing, Function<Element, Optional<Object>> value) {

    /// The types of facts.
    public enum Type {
        TEXT("string"),
        NUMBER("int"),
        DECIMAL("double"),
        YES_NO("bool"),
        TEXTS("list(string)"),
        PAIRS("map(string, string)");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /// As the Common Expression Language calls it.
        public String word() {
            return word;
        }
    }

    /// That is always known.
    static Fact known(String name, Type type, String meaning, Function<Element, Object> value) {
        return new Fact(name, type, meaning, "", element -> Optional.of(value.apply(element)));
    }
}
