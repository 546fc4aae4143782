package dev.plimsoll.advisory.feed;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document as the tree that JSON gives, within limits. Dates stay text.
///
/// Source: YAML 1.2, JSON schema of types.
public final class YamlReader {

    /// In characters.
    static final int MAX_LENGTH = 8 << 20;

    /// A collection may be named this often; more multiplies a small file into a large tree.
    static final int MAX_ALIASES = 50;

    static final int MAX_DEPTH = 100;

    private YamlReader() {}

    /// @throws JsonException when the text is not YAML, or exceeds a limit; the message says where
    public static JsonValue read(byte[] text) throws JsonException {
        var settings = LoadSettings.builder()
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_LENGTH)
                .setAllowDuplicateKeys(true)
                .setAllowRecursiveKeys(false)
                .build();
        try {
            return value(new Load(settings).loadFromString(new String(text, StandardCharsets.UTF_8)), 0);
        } catch (YamlEngineException e) {
            throw new JsonException("not YAML: " + line(String.valueOf(e.getMessage())), e);
        } catch (StackOverflowError e) {
            throw new JsonException("not YAML that can be read: it nests too deep", e);
        }
    }

    private static JsonValue value(@Nullable Object loaded, int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException("nests deeper than " + MAX_DEPTH);
        }
        return switch (loaded) {
            case null -> new JsonNull();
            case String text -> new JsonString(text);
            case Boolean bool -> new JsonBoolean(bool);
            case Number number -> number(number);
            case Map<?, ?> map -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (var entry : map.entrySet()) {
                    members.put(String.valueOf(entry.getKey()), value(entry.getValue(), depth + 1));
                }
                yield new JsonObject(members);
            }
            case Iterable<?> list -> {
                List<JsonValue> elements = new ArrayList<>();
                for (var element : list) {
                    elements.add(value(element, depth + 1));
                }
                yield new JsonArray(elements);
            }
            default -> new JsonString(loaded.toString());
        };
    }

    private static JsonValue number(Number number) {
        try {
            return new JsonNumber(new BigDecimal(number.toString()));
        } catch (NumberFormatException e) {
            return new JsonString(number.toString());
        }
    }

    private static String line(String message) {
        return message.lines()
                .limit(2)
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
