package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an entry of the audit log says beside.
final class Details {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    Details and(String name, String text) {
        members.put(name, new JsonString(text));
        return this;
    }

    /// Nothing where there is no text.
    Details and(String name, Optional<String> text) {
        text.ifPresent(present -> and(name, present));
        return this;
    }

    Details and(String name, boolean flag) {
        members.put(name, new JsonBoolean(flag));
        return this;
    }

    Details and(String name, List<String> texts) {
        members.put(
                name,
                new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList()));
        return this;
    }

    JsonObject json() {
        return new JsonObject(members);
    }
}
