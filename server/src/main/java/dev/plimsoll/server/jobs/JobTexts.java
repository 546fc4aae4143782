package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// JSON in the table of jobs.
final class JobTexts {

    private JobTexts() {}

    static String text(JsonObject object) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
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
