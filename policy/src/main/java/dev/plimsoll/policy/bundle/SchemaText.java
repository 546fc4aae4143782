package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Pieces of a JSON Schema.
///
/// Source: JSON Schema, draft 2020-12.
public final class SchemaText {

    static final JsonValue ANYTHING = new JsonBoolean(true);

    private SchemaText() {}

    /// An object of members and values, two by two. An `allOf` of nothing is left out, as schemas may not have one.
    public static JsonObject object(Object... pairs) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], value(pairs[i + 1]));
        }
        members.remove("allOf", new JsonArray(List.of()));
        return new JsonObject(members);
    }

    public static JsonObject object(Map<String, ? extends JsonValue> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    public static JsonArray list(Object... elements) {
        return new JsonArray(Arrays.stream(elements).map(SchemaText::value).toList());
    }

    public static JsonArray list(Collection<?> elements) {
        return list(elements.toArray());
    }

    private static JsonValue value(Object value) {
        return switch (value) {
            case JsonValue already -> already;
            case String text -> new JsonString(text);
            case Boolean bool -> new JsonBoolean(bool);
            case Integer number -> new JsonNumber(BigDecimal.valueOf(number));
            default -> throw new IllegalArgumentException("no part of a schema: " + value);
        };
    }

    static JsonObject reference(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    /// A member that may be missing or null.
    static JsonObject optionalText() {
        return object("type", list("string", "null"));
    }

    /// A member that may be neither missing nor empty.
    static JsonObject requiredText() {
        return object("type", "string", "pattern", "\\S");
    }

    /// An array that may be missing or null.
    static JsonObject arrayOf(JsonObject elements) {
        return object("type", list("array", "null"), "items", elements);
    }

    /// Words that editors shall propose, with what they mean; others that count too, and all of them in any letters.
    ///
    /// @param words with descriptions, which may be empty
    static JsonObject words(Map<String, String> words, Collection<String> others) {
        var choices = new ArrayList<JsonValue>();
        words.forEach((word, description) -> choices.add(
                description.isEmpty() ? object("const", word) : object("const", word, "description", description)));
        var all = new ArrayList<>(words.keySet());
        all.addAll(others);
        choices.add(object("pattern", inAnyLetters(all)));
        return object("type", "string", "anyOf", new JsonArray(choices));
    }

    /// The same for a member's value, as the condition of an `if`.
    static JsonObject isOneOf(String member, Collection<String> words) {
        return object(
                "properties",
                object(member, object("type", "string", "pattern", inAnyLetters(words))),
                "required",
                list(member));
    }

    /// Expressions of ECMA-262 have no sign for "in any letters" that every validator knows.
    private static String inAnyLetters(Collection<String> words) {
        return words.stream().map(SchemaText::inAnyLetters).collect(Collectors.joining("|", "^(", ")$"));
    }

    private static String inAnyLetters(String word) {
        var text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                text.append('[')
                        .append(Character.toLowerCase(c))
                        .append(Character.toUpperCase(c))
                        .append(']');
            } else if ("\\^$.|?*+()[]{}/".indexOf(c) >= 0) {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    static JsonObject closed(List<String> required, Map<String, JsonValue> properties) {
        return object(
                "type",
                "object",
                "required",
                list(required),
                "properties",
                object(properties),
                "additionalProperties",
                false);
    }
}
