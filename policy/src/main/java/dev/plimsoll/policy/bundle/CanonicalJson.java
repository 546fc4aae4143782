package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The digest of a JSON text's meaning: white space and the order of members do not count.
public final class CanonicalJson {

    private CanonicalJson() {}

    /// `sha256:…`
    public static String digest(JsonValue value) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        try (var writer = JsonWriter.compact(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            element(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /// The depth of recursion is that of the text, which the reader bounds.
    private static void element(JsonWriter writer, JsonValue value) {
        switch (value) {
            case JsonObject(var members) -> writer.object(() -> members(writer, members));
            case JsonArray(var elements) -> writer.array(() -> elements.forEach(element -> element(writer, element)));
            case JsonNumber(var number) -> writer.element(plain(number));
            case JsonString _, JsonBoolean _, JsonNull _ -> writer.element(value);
        }
    }

    private static void members(JsonWriter writer, Map<String, JsonValue> members) {
        new TreeMap<>(members).forEach((name, value) -> {
            switch (value) {
                case JsonObject(var inner) -> writer.object(name, () -> members(writer, inner));
                case JsonArray(var elements) ->
                    writer.array(name, () -> elements.forEach(element -> element(writer, element)));
                case JsonNumber(var number) -> writer.member(name, plain(number));
                case JsonString _, JsonBoolean _, JsonNull _ -> writer.member(name, value);
            }
        });
    }

    /// A number with a huge exponent is short as it stands and endless when written out.
    private static JsonValue plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > 1000 ? new JsonString(number.toString()) : new JsonNumber(number);
    }
}
