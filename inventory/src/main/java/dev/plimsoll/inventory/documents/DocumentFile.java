package dev.plimsoll.inventory.documents;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.TomlReader;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Files that hold one document of a common form (lock files, manifests), read whole and within limits. What is
/// broken or too large becomes an unknown. Stateless.
public final class DocumentFile {

    /// In bytes; the largest lock files of real projects have some three million. YAML's reader stops at 8 million.
    public static final int MAX_FILE = 16 << 20;

    /// In values of one document; a tree of values takes many times the text's memory.
    public static final int MAX_VALUES = 1_000_000;

    /// In characters.
    private static final int MAX_MESSAGE = 300;

    private static final JsonLimits LIMITS =
            JsonLimits.FOREIGN.withBytes(MAX_FILE).withValues(MAX_VALUES);

    private DocumentFile() {}

    @FunctionalInterface
    private interface Form {
        JsonValue read(byte[] text) throws JsonException;
    }

    /// The whole content without a byte order mark, empty where it is too long.
    public static Optional<byte[]> bytes(LayerFile file, FactSink facts) throws IOException {
        return file.bytes(MAX_FILE, "the file", facts).map(DocumentFile::withoutByteOrderMark);
    }

    /// The text, decoded as UTF-8 without its byte order mark.
    public static Optional<String> text(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// The object that a JSON text is.
    public static Optional<JsonObject> json(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).flatMap(text -> json(text, facts));
    }

    /// The object that a JSON text is.
    public static Optional<JsonObject> json(byte[] text, FactSink facts) {
        return object(text, bytes -> JsonReader.read(bytes, LIMITS), facts);
    }

    /// The value where it need not be an object.
    public static Optional<JsonValue> jsonValue(byte[] text, FactSink facts) {
        return value(text, bytes -> JsonReader.read(bytes, LIMITS), facts);
    }

    /// The mapping that a YAML document is.
    public static Optional<JsonObject> yaml(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).flatMap(text -> yaml(text, facts));
    }

    /// The mapping that a YAML document is.
    public static Optional<JsonObject> yaml(byte[] text, FactSink facts) {
        return object(text, YamlReader::read, facts);
    }

    /// The table that a TOML document is.
    public static Optional<JsonObject> toml(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).flatMap(text -> object(text, TomlReader::read, facts));
    }

    /// A text as people and tools write versions, also where YAML takes it for a number.
    public static String word(JsonObject object, String name) {
        return object.string(name)
                .or(() -> object.number(name).map(BigDecimal::toPlainString))
                .map(String::strip)
                .orElse("");
    }

    private static Optional<JsonObject> object(byte[] text, Form form, FactSink facts) {
        var value = value(text, form, facts);
        if (value.isPresent() && !(value.get() instanceof JsonObject)) {
            facts.unknown("", "the document is no object");
        }
        return value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    private static Optional<JsonValue> value(byte[] text, Form form, FactSink facts) {
        try {
            return Optional.of(form.read(text));
        } catch (JsonException e) {
            var message = String.valueOf(e.getMessage());
            facts.unknown("", message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message);
            return Optional.empty();
        }
    }

    /// The same bytes without a byte order mark of UTF-8 at their beginning.
    public static byte[] withoutByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? Arrays.copyOfRange(bytes, 3, bytes.length)
                : bytes;
    }
}
