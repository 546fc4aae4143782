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
import java.util.Optional;

/// Files that hold one document of a common form, read whole and within limits. What is broken or too large becomes
/// an unknown. Stateless.
public final class DocumentFile {

    /// In bytes; the largest lock files of real projects have a few megabytes.
    public static final int MAX_FILE = 8 << 20;

    /// In values of one document; a tree of values takes many times the text's memory.
    public static final int MAX_VALUES = 300_000;

    private DocumentFile() {}

    /// The text, decoded as UTF-8 without its byte order mark.
    public static Optional<String> text(LayerFile file, FactSink facts) throws IOException {
        return file.bytes(MAX_FILE, "the file", facts).map(DocumentFile::decoded);
    }

    /// The object that a JSON text is.
    public static Optional<JsonObject> json(LayerFile file, FactSink facts) throws IOException {
        return read(
                file,
                facts,
                bytes -> JsonReader.read(
                        decoded(bytes).getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN.withValues(MAX_VALUES)));
    }

    /// The mapping that a YAML document is.
    public static Optional<JsonObject> yaml(LayerFile file, FactSink facts) throws IOException {
        return read(file, facts, YamlReader::read);
    }

    /// The table that a TOML document is.
    public static Optional<JsonObject> toml(LayerFile file, FactSink facts) throws IOException {
        return read(file, facts, TomlReader::read);
    }

    /// A text as people and tools write versions, also where YAML takes it for a number.
    public static String word(JsonObject object, String name) {
        return object.string(name)
                .or(() -> object.number(name).map(BigDecimal::toPlainString))
                .map(String::strip)
                .orElse("");
    }

    @FunctionalInterface
    private interface Form {
        JsonValue read(byte[] bytes) throws JsonException;
    }

    private static Optional<JsonObject> read(LayerFile file, FactSink facts, Form form) throws IOException {
        var bytes = file.bytes(MAX_FILE, "the file", facts);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (form.read(bytes.get()) instanceof JsonObject object) {
                return Optional.of(object);
            }
            facts.unknown("", "the document is no object");
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
