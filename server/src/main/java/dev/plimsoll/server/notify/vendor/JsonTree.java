package dev.plimsoll.server.notify.vendor;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.notify.outbound.Outbound;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds the trees that vendors are sent, and reads those that they answer.
public final class JsonTree {

    private static final JsonLimits ANSWER =
            new JsonLimits(Outbound.ANSWER_LIMIT, 50, Outbound.ANSWER_LIMIT, 20_000, false);

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private JsonTree() {}

    /// An object whose members follow.
    public static JsonTree object() {
        return new JsonTree();
    }

    public JsonTree with(String name, String text) {
        members.put(name, new JsonString(text));
        return this;
    }

    public JsonTree with(String name, long number) {
        members.put(name, new JsonNumber(BigDecimal.valueOf(number)));
        return this;
    }

    public JsonTree with(String name, boolean value) {
        members.put(name, new JsonBoolean(value));
        return this;
    }

    public JsonTree with(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    public JsonTree with(String name, JsonTree value) {
        return with(name, value.tree());
    }

    /// Members of another object; those that are there already stay as they are.
    public JsonTree withOthersOf(JsonObject object) {
        object.members().forEach(members::putIfAbsent);
        return this;
    }

    public JsonObject tree() {
        return new JsonObject(members);
    }

    public static JsonArray array(List<? extends JsonValue> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    public static JsonArray texts(List<String> texts) {
        return array(texts.stream().map(JsonString::new).toList());
    }

    /// Without white space.
    public String text() {
        return text(tree());
    }

    /// Without white space.
    public static String text(JsonValue value) {
        return JsonWriter.text(writer -> writer.element(value)).strip();
    }

    /// @return empty where it is no object: another one's page, or an answer that was cut
    public static Optional<JsonObject> read(String answer) {
        try {
            return JsonReader.read(answer, ANSWER) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonException _) {
            return Optional.empty();
        }
    }
}
