package dev.plimsoll.cli.remote;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A column of a table of what a server lists.
///
/// @param wraps whether a cell may be broken into lines
record Field(String title, boolean wraps, Function<JsonObject, String> cell) {

    /// Stands where there is nothing.
    private static final String NOTHING = "-";

    /// Of an instant, of which people read seconds.
    private static final Pattern FRACTION = Pattern.compile("^([0-9-]{10}T[0-9:]{8})\\.[0-9]+Z$");

    /// A member in one piece.
    ///
    /// @param path of the member: `image.digest`
    static Field of(String title, String path) {
        return new Field(title, false, item -> text(item, path));
    }

    /// A member that may be long.
    static Field wrapped(String title, String path) {
        return new Field(title, true, item -> text(item, path));
    }

    /// The text of a member, `-` where there is none.
    static String text(JsonObject item, String path) {
        JsonValue value = item;
        for (var name : path.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.get(name).orElse(new JsonNull()) : new JsonNull();
        }
        var text = text(value);
        return text.isEmpty() ? NOTHING : text;
    }

    private static String text(JsonValue value) {
        return switch (value) {
            case JsonString(var text) -> FRACTION.matcher(text).replaceFirst("$1Z");
            case JsonNumber(var number) -> number.toPlainString();
            case JsonBoolean(var yes) -> yes ? "yes" : "no";
            case JsonNull _ -> "";
            case JsonArray(var elements) -> elements.stream().map(Field::text).collect(Collectors.joining(", "));
            case JsonObject(var members) ->
                members.entrySet().stream()
                        .map(member -> member.getKey() + " " + text(member.getValue()))
                        .collect(Collectors.joining(", "));
        };
    }

    /// A digest as people recognise it; whole it stands in the JSON.
    static Field digest(String title, String path) {
        return new Field(title, false, item -> shortened(text(item, path)));
    }

    /// The beginning of a digest.
    static String shortened(String digest) {
        return digest.startsWith("sha256:") && digest.length() > 19 ? digest.substring(0, 19) : digest;
    }
}
