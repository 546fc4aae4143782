package dev.plimsoll.inventory.declared;

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
import java.util.Arrays;
import java.util.Optional;

/// Reads a lock file as a tree, within limits. What cannot be read is said to the sink.
public final class LockFile {

    /// In bytes; the largest of real ones have some three million. The readers of YAML and TOML stop at 8 and 16
    /// million.
    public static final int MAX_FILE = 32 << 20;

    /// In values of a tree.
    public static final int MAX_VALUES = 3_000_000;

    /// In characters.
    private static final int MAX_MESSAGE = 300;

    private static final JsonLimits LIMITS =
            JsonLimits.FOREIGN.withBytes(MAX_FILE).withValues(MAX_VALUES);

    private LockFile() {}

    @FunctionalInterface
    private interface Reading {
        JsonValue read(byte[] text) throws JsonException;
    }

    /// The whole content without a byte order mark, empty where it is too long.
    public static Optional<byte[]> bytes(LayerFile file, FactSink facts) throws IOException {
        return file.bytes(MAX_FILE, "a lock file", facts).map(LockFile::withoutByteOrderMark);
    }

    public static Optional<JsonObject> json(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).flatMap(text -> json(text, facts));
    }

    public static Optional<JsonObject> json(byte[] text, FactSink facts) {
        return object(text, bytes -> JsonReader.read(bytes, LIMITS), facts);
    }

    /// The value where it need not be an object.
    public static Optional<JsonValue> jsonValue(byte[] text, FactSink facts) {
        return value(text, bytes -> JsonReader.read(bytes, LIMITS), facts);
    }

    public static Optional<JsonObject> yaml(byte[] text, FactSink facts) {
        return object(text, YamlReader::read, facts);
    }

    public static Optional<JsonObject> toml(LayerFile file, FactSink facts) throws IOException {
        return bytes(file, facts).flatMap(text -> object(text, TomlReader::read, facts));
    }

    private static Optional<JsonObject> object(byte[] text, Reading reading, FactSink facts) {
        var value = value(text, reading, facts);
        if (value.isPresent() && !(value.get() instanceof JsonObject)) {
            facts.unknown("", "no object, as a lock file is");
        }
        return value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    private static Optional<JsonValue> value(byte[] text, Reading reading, FactSink facts) {
        try {
            return Optional.of(reading.read(text));
        } catch (JsonException e) {
            var message = String.valueOf(e.getMessage());
            facts.unknown("", message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message);
            return Optional.empty();
        }
    }

    private static byte[] withoutByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? Arrays.copyOfRange(bytes, 3, bytes.length)
                : bytes;
    }
}
