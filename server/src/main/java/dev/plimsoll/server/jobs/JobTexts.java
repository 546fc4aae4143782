package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;

/// JSON in the table of jobs.
final class JobTexts {

    private JobTexts() {}

    static String text(JsonObject object) {
        return JsonWriter.text(json -> json.element(object));
    }

    static JsonObject object(String text) {
        try {
            if (JsonReader.read(text, JsonLimits.FOREIGN) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the table of jobs holds no JSON", e);
        }
        throw new IllegalStateException("the table of jobs holds no object");
    }
}
