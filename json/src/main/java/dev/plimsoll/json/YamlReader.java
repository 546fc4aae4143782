package dev.plimsoll.json;

import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// Reads one YAML document as the tree that JSON gives, within limits. Dates stay text, and decimals keep their
/// digits: `1.10` is no `1.1` where it is a version.
///
/// Source: YAML 1.2, JSON schema of types.
public final class YamlReader {

    /// In bytes.
    static final int MAX_LENGTH = 8 << 20;

    /// A collection may be named this often; more multiplies a small file into a large tree.
    static final int MAX_ALIASES = 50;

    static final int MAX_DEPTH = 100;

    /// Values that aliases may add to what the text itself holds, which is at most one for each byte.
    static final int REPEATED_VALUES = 100_000;

    /// In characters.
    private static final int LEAST_BUFFER = 1024;

    /// Of a number; a longer one stays text.
    static final int MAX_DIGITS = 100;

    private YamlReader() {}

    /// A number with a point, as it is written.
    private record Decimal(String digits) {}

    private static final class DigitsKept extends JsonSchema {
        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            var constructors = new HashMap<>(super.getSchemaTagConstructors());
            constructors.put(
                    Tag.FLOAT, node -> new Decimal(node instanceof ScalarNode scalar ? scalar.getValue() : ""));
            return constructors;
        }
    }

    /// Reads what a program wrote: of two members of one name the last counts.
    ///
    /// @throws JsonException when the text is not YAML, or exceeds a limit; the message says where
    public static JsonValue read(byte[] text) throws JsonException {
        return read(text, JsonLimits.FOREIGN.withBytes(MAX_LENGTH));
    }

    /// The same for what a person wrote by hand: a repeated key is a mistake there.
    public static JsonValue readAuthored(byte[] text) throws JsonException {
        return read(text, JsonLimits.AUTHORED.withBytes(MAX_LENGTH));
    }

    /// Reads a text within limits of the caller's; this reader's own hold too.
    ///
    /// @throws JsonException when the text is not YAML, or exceeds a limit; the message says where
    public static JsonValue read(byte[] text, JsonLimits limits) throws JsonException {
        long longest = Math.min(MAX_LENGTH, limits.bytes());
        if (text.length > longest) {
            throw new JsonException("is over " + longest + " bytes");
        }
        var settings = LoadSettings.builder()
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_LENGTH)
                // Read at once: with the default of a thousand characters a long line is copied once for each thousand.
                .setBufferSize(Math.max(LEAST_BUFFER, text.length))
                .setAllowDuplicateKeys(!limits.refuseDuplicates())
                .setAllowRecursiveKeys(false)
                .setSchema(new DigitsKept())
                .build();
        try {
            return new Tree(limits, text.length)
                    .value(new Load(settings).loadFromString(new String(text, StandardCharsets.UTF_8)), 0);
        } catch (YamlEngineException e) {
            throw new JsonException("not YAML" + described(e), e);
        } catch (StackOverflowError e) {
            throw new JsonException("not YAML that can be read: it nests too deep", e);
        }
    }

    /// The tree while it is being made. A text that names its parts again and again would make a tree of any size.
    private static final class Tree {

        private final int depth;
        private final long most;
        private long left;

        Tree(JsonLimits limits, int length) {
            this.depth = Math.min(MAX_DEPTH, limits.depth());
            this.most = Math.min(limits.values(), (long) length + REPEATED_VALUES);
            this.left = most;
        }

        JsonValue value(@Nullable Object loaded, int level) throws JsonException {
            if (level > depth) {
                throw new JsonException("nests deeper than " + depth);
            }
            if (left-- == 0) {
                throw new JsonException("has over " + most + " values, names that stand for others counted as those");
            }
            return switch (loaded) {
                case null -> new JsonNull();
                case String text -> new JsonString(JsonWriter.wellFormed(text));
                case Boolean bool -> new JsonBoolean(bool);
                case Decimal(var digits) -> number(digits);
                case Number number -> number(number.toString());
                case Map<?, ?> map -> {
                    Map<String, JsonValue> members = new LinkedHashMap<>();
                    for (var entry : map.entrySet()) {
                        members.put(key(entry.getKey()), value(entry.getValue(), level + 1));
                    }
                    yield new JsonObject(members);
                }
                case Iterable<?> list -> {
                    List<JsonValue> elements = new ArrayList<>();
                    for (var element : list) {
                        elements.add(value(element, level + 1));
                    }
                    yield new JsonArray(elements);
                }
                default -> new JsonString(loaded.toString());
            };
        }
    }

    private static String key(@Nullable Object key) {
        return key instanceof Decimal(var digits) ? digits : String.valueOf(key);
    }

    /// An exponent would make a number of many digits from a few; such a text stays text.
    private static JsonValue number(String digits) {
        try {
            return digits.length() > MAX_DIGITS || digits.matches(".*[eE].*")
                    ? new JsonString(digits)
                    : new JsonNumber(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            return new JsonString(digits);
        }
    }

    private static String described(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                        && marked.getProblemMark().isPresent()
                ? " at line " + (marked.getProblemMark().get().getLine() + 1) + ", column "
                        + (marked.getProblemMark().get().getColumn() + 1) + ": " + line(marked.getProblem())
                : ": " + line(String.valueOf(e.getMessage()));
    }

    private static String line(String message) {
        return message.lines()
                .limit(2)
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
