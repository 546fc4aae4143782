package dev.plimsoll.policy.difference;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A small image that rules are asked about.
///
/// @param words for people: `a medium vulnerability with a fix`
/// @param facts as a test file has them, so that an example can become a test
record Probe(String words, JsonObject facts) {

    /// An object of members and values, two by two.
    static JsonObject object(Object... pairs) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], value(pairs[i + 1]));
        }
        return new JsonObject(members);
    }

    static JsonObject with(JsonObject object, Object... pairs) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.putAll(object(pairs).members());
        return new JsonObject(members);
    }

    private static JsonValue value(Object value) {
        return switch (value) {
            case JsonValue already -> already;
            case String text -> new JsonString(text);
            case Boolean bool -> new JsonBoolean(bool);
            case Integer number -> new JsonNumber(BigDecimal.valueOf(number));
            case BigDecimal number -> new JsonNumber(number);
            case List<?> list -> new JsonArray(list.stream().map(Probe::value).toList());
            default -> throw new IllegalArgumentException("no fact: " + value);
        };
    }
}
