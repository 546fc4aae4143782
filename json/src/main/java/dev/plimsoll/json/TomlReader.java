package dev.plimsoll.json;

import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// Reads one TOML document as the tree that JSON gives, within limits. Dates become text; infinities and what is no
/// number too.
///
/// Source: TOML 1.0.
public final class TomlReader {

    /// In bytes.
    static final int MAX_LENGTH = 16 << 20;

    /// Of tables and arrays in one another.
    static final int MAX_DEPTH = 100;

    private TomlReader() {}

    /// @throws JsonException when the text is not TOML, or exceeds a limit; the message says where
    public static JsonObject read(byte[] text) throws JsonException {
        if (text.length > MAX_LENGTH) {
            throw new JsonException("is over " + MAX_LENGTH + " bytes");
        }
        try {
            var parsed = Toml.parse(new String(text, StandardCharsets.UTF_8));
            if (parsed.hasErrors()) {
                var first = parsed.errors().getFirst();
                throw new JsonException("not TOML at line " + first.position().line() + ": "
                        + String.valueOf(first.getMessage()).lines().findFirst().orElse(""));
            }
            return object(parsed, 0);
        } catch (StackOverflowError e) {
            throw new JsonException("not TOML that can be read: it nests too deep", e);
        }
    }

    private static JsonObject object(TomlTable table, int depth) throws JsonException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (var entry : table.entrySet()) {
            members.put(entry.getKey(), value(entry.getValue(), depth + 1));
        }
        return new JsonObject(members);
    }

    private static JsonValue value(Object parsed, int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException("nests deeper than " + MAX_DEPTH);
        }
        return switch (parsed) {
            case TomlTable table -> object(table, depth);
            case TomlArray array -> {
                List<JsonValue> elements = new ArrayList<>();
                for (var element : array.toList()) {
                    elements.add(value(element, depth + 1));
                }
                yield new JsonArray(elements);
            }
            case Boolean bool -> new JsonBoolean(bool);
            case Long number -> new JsonNumber(BigDecimal.valueOf(number));
            case Double number when Double.isFinite(number) -> new JsonNumber(BigDecimal.valueOf(number));
            default -> new JsonString(parsed.toString());
        };
    }
}
