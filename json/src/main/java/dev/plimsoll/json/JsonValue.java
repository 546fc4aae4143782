package dev.plimsoll.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON value as a tree. Immutable, so it is safe to share between threads.
///
/// Source: RFC 8259. Of several members with one name the last counts, unless {@link JsonLimits} asks to refuse them.
public sealed interface JsonValue {

    /// An object; members keep the order of the text.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member of that name, whatever its type.
        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /// The member's text, empty where there is none or it is not a string.
        public Optional<String> string(String name) {
            return members.get(name) instanceof JsonString(var text) ? Optional.of(text) : Optional.empty();
        }

        /// The member as an object, an empty one where there is none or it is something else.
        public JsonObject object(String name) {
            return members.get(name) instanceof JsonObject object ? object : EMPTY;
        }

        /// The elements of the member, none where there is no such array.
        public List<JsonValue> array(String name) {
            return members.get(name) instanceof JsonArray(var elements) ? elements : List.of();
        }

        /// The strings among the elements of the member; elements of other types are passed over.
        public List<String> strings(String name) {
            return array(name).stream()
                    .filter(JsonString.class::isInstance)
                    .map(value -> ((JsonString) value).text())
                    .toList();
        }

        /// The objects among the elements of the member; elements of other types are passed over.
        public List<JsonObject> objects(String name) {
            return array(name).stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .toList();
        }

        /// The member's number, empty where there is none or it is not a number.
        public Optional<BigDecimal> number(String name) {
            return members.get(name) instanceof JsonNumber(var number) ? Optional.of(number) : Optional.empty();
        }
    }

    /// An array.
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /// A string.
    record JsonString(String text) implements JsonValue {}

    /// A number, with the digits that stand in the text.
    record JsonNumber(BigDecimal number) implements JsonValue {}

    /// `true` or `false`.
    record JsonBoolean(boolean value) implements JsonValue {

        /// By hand, as {@link #hashCode}: what the JDK makes for a record it makes anew in each process.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof JsonBoolean(var same) && value == same;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }
    }

    /// `null`.
    record JsonNull() implements JsonValue {}

    /// What people call the type: "object", "array", "string", "number", "boolean", "null".
    default String typeName() {
        return switch (this) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonNumber _ -> "number";
            case JsonBoolean _ -> "boolean";
            case JsonNull _ -> "null";
        };
    }
}
