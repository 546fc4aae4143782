package dev.plimsoll.policy.background;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object of a document, and where it stands: what is asked of it and is not so is told with the place.
///
/// @param place a JSON pointer, empty for the whole
record Part(JsonObject object, String place) {

    static Part of(JsonValue value, String place) throws JsonException {
        if (value instanceof JsonObject object) {
            return new Part(object, place);
        }
        throw wrong(place, "must be an object and is of type " + value.typeName());
    }

    /// Whether the member is there; `null` counts as not there.
    boolean has(String name) {
        return object.get(name).filter(value -> !(value instanceof JsonNull)).isPresent();
    }

    Part part(String name) throws JsonException {
        return of(member(name), place + "/" + name);
    }

    /// The objects of a list that may be missing.
    ///
    /// @param most elements
    List<Part> parts(String name, int most) throws JsonException {
        if (!has(name)) {
            return List.of();
        }
        if (!(member(name) instanceof JsonArray(var elements))) {
            throw wrong(
                    place + "/" + name,
                    "must be a list and is of type " + member(name).typeName());
        }
        if (elements.size() > most) {
            throw wrong(place + "/" + name, "over " + most + " elements");
        }
        var parts = new ArrayList<Part>();
        for (var element : elements) {
            parts.add(of(element, place + "/" + name + "/" + parts.size()));
        }
        return parts;
    }

    String text(String name) throws JsonException {
        if (member(name) instanceof JsonString(var text)) {
            return text;
        }
        throw wrong(
                place + "/" + name,
                "must be a string and is of type " + member(name).typeName());
    }

    Optional<String> optionalText(String name) throws JsonException {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    List<String> texts(String name) throws JsonException {
        if (member(name) instanceof JsonArray(var elements)
                && elements.stream().allMatch(JsonString.class::isInstance)) {
            return object.strings(name);
        }
        throw wrong(place + "/" + name, "must be a list of strings");
    }

    Optional<Instant> instant(String name) throws JsonException {
        if (!has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text(name)));
        } catch (DateTimeParseException _) {
            throw wrong(place + "/" + name, "no instant; one looks like 2026-06-01T00:00:00Z");
        }
    }

    JsonException missing(String name) {
        return wrong(place, "'" + name + "' is missing");
    }

    static JsonException wrong(String place, String words) {
        return new JsonException("at " + (place.isEmpty() ? "/" : place) + ": " + words);
    }

    private JsonValue member(String name) throws JsonException {
        if (!has(name)) {
            throw missing(name);
        }
        return object.get(name).orElseThrow();
    }
}
