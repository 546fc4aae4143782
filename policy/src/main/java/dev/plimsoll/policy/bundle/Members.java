package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Edits of an object that keep the order of its members.
final class Members {

    private Members() {}

    static JsonObject renamed(JsonObject object, Map<String, String> names) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        var taken = names.entrySet().stream()
                .filter(pair -> object.get(pair.getKey()).isPresent())
                .map(Map.Entry::getValue)
                .toList();
        object.members().forEach((name, value) -> {
            var renamed = names.get(name);
            if (renamed != null) {
                members.put(renamed, value);
            } else if (!taken.contains(name)) {
                members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    /// With a member at its place, or at the end.
    static JsonObject with(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }

    static JsonObject first(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(name, value);
        object.members().forEach((other, old) -> {
            if (!other.equals(name)) {
                members.put(other, old);
            }
        });
        return new JsonObject(members);
    }

    /// With another member in the place of one.
    static JsonObject replaced(JsonObject object, String old, String name, JsonValue value) {
        return with(renamed(object, Map.of(old, name)), name, value);
    }

    static JsonObject without(JsonObject object, String... names) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.keySet().removeAll(List.of(names));
        return new JsonObject(members);
    }
}
