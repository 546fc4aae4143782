package dev.plimsoll.image.storage;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Reads what is left of a layer's tar when the contents of its files are taken out: one JSON object a line.
///
/// Source: vbatts/tar-split, `tar/storage` (types Entry, jsonPacker).
final class TarSplit {

    /// In bytes, of one line. A segment holds headers and padding; GNU and pax headers of one entry together
    /// reach a few kilobytes, and what stands behind the tar's end is cut into pieces.
    static final int MAX_LINE = 16 << 20;

    /// In one line; there are five.
    static final int MAX_VALUES = 64;

    private static final JsonLimits LIMITS = new JsonLimits(MAX_LINE, 8, MAX_LINE, MAX_VALUES, false);
    private static final int FILE = 1;
    private static final int SEGMENT = 2;

    private final InputStream lines;
    private byte[] line = new byte[4096];
    private long number;

    /// @param lines unpacked and buffered
    TarSplit(InputStream lines) {
        this.lines = lines;
    }

    /// A piece of the tar.
    sealed interface Piece {

        /// Bytes as they stand in the tar.
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Segment(byte[] bytes) implements Piece {}

        /// The content of a file stands here, which lies in the layer's folder.
        ///
        /// @param name as bytes, for not every name is UTF-8
        /// @param size in bytes
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Content(byte[] name, long size) implements Piece {}
    }

    /// The next piece, null at the end.
    ///
    /// @throws IOException when a line is no piece, or too long
    @Nullable
    Piece next() throws IOException {
        var length = nextLine();
        if (length < 0) {
            return null;
        }
        number++;
        try {
            if (JsonReader.read(Arrays.copyOf(line, length), LIMITS) instanceof JsonObject object) {
                return piece(object);
            }
            throw broken("is no object");
        } catch (JsonException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private Piece piece(JsonObject object) throws IOException {
        var position = whole(object, "position");
        if (position != number - 1) {
            throw broken("has the position " + position);
        }
        return switch ((int) whole(object, "type")) {
            case SEGMENT -> new Piece.Segment(base64(object, "payload"));
            case FILE -> {
                var size = whole(object, "size");
                if (size < 0) {
                    throw broken("has a negative size");
                }
                var raw = object.string("name_raw").isPresent();
                yield new Piece.Content(
                        raw
                                ? base64(object, "name_raw")
                                : object.string("name").orElse("").getBytes(StandardCharsets.UTF_8),
                        size);
            }
            default -> throw broken("has an unknown type");
        };
    }

    private long whole(JsonObject object, String name) throws IOException {
        try {
            return object.number(name).map(BigDecimal::longValueExact).orElse(0L);
        } catch (ArithmeticException _) {
            throw broken("has a \"" + name + "\" that is no whole number of 64 bits");
        }
    }

    private byte[] base64(JsonObject object, String name) throws IOException {
        try {
            return Base64.getDecoder().decode(object.string(name).orElse(""));
        } catch (IllegalArgumentException _) {
            throw broken("has a \"" + name + "\" that is not base64");
        }
    }

    /// Reads a line into the buffer; -1 at the end.
    private int nextLine() throws IOException {
        var length = 0;
        for (var b = lines.read(); b != '\n'; b = lines.read()) {
            if (b < 0) {
                if (length > 0) {
                    number++;
                    throw broken("has no end: the file is cut off");
                }
                return -1;
            }
            if (length == MAX_LINE) {
                number++;
                throw broken("is longer than " + MAX_LINE + " bytes");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(MAX_LINE, length * 2));
            }
            line[length++] = (byte) b;
        }
        return length;
    }

    private IOException broken(String reason) {
        return new IOException("line " + number + " " + reason);
    }
}
