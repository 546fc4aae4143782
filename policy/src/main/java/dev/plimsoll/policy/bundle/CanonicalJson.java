package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// The digest of a JSON text's meaning: white space and the order of members do not count.
final class CanonicalJson {

    private CanonicalJson() {}

    /// `sha256:…`
    static String digest(JsonValue value) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(bytes)) {
            writer.element(sorted(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The depth of recursion is that of the text, which the reader bounds.
    private static JsonValue sorted(JsonValue value) {
        return switch (value) {
            case JsonObject(var members) -> {
                var byName = new LinkedHashMap<String, JsonValue>();
                new TreeMap<>(members).forEach((name, member) -> byName.put(name, sorted(member)));
                yield new JsonObject(byName);
            }
            case JsonArray(var elements) ->
                new JsonArray(elements.stream().map(CanonicalJson::sorted).toList());
            // A number with a huge exponent is short as it stands and endless when written out.
            case JsonNumber(var number)
            when Math.abs((long) number.scale()) > 1000 -> new JsonString(number.toString());
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> value;
        };
    }
}
