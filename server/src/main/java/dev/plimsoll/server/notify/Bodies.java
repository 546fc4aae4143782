package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.http.ProblemException;

/// Bodies of requests that may be left out.
final class Bodies {

    private Bodies() {}

    static JsonObject json(byte[] bytes) {
        if (bytes.length == 0) {
            return JsonObject.EMPTY;
        }
        try {
            if (JsonReader.read(bytes, JsonLimits.AUTHORED) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw ProblemException.invalid("", "the body is no JSON: " + e.getMessage());
        }
        throw ProblemException.invalid("", "the body must be a JSON object");
    }
}
