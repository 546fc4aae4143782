package dev.plimsoll.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a JSON text into a tree, within limits. Halves of surrogate pairs, which an escape can make, become U+FFFD in
/// texts. Stateless.
public final class JsonReader {

    private static final JsonFactory PLAIN = JsonFactory.builder().build();
    /// Where something unfinished began, in the library's own form; what follows names the place of the mistake.
    private static final Pattern LIBRARY_PLACE = Pattern.compile(" \\(start marker at \\[.*?\\]\\)");
    private static final Pattern LIBRARY_SETTING = Pattern.compile(", from `[^`]*`");

    private JsonReader() {}

    /// Reads exactly one value.
    ///
    /// @throws JsonException when the text is not JSON, has something after its value, or exceeds a limit
    public static JsonValue read(byte[] text, JsonLimits limits) throws JsonException {
        try {
            return read(new ByteArrayInputStream(text), limits);
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Reads exactly one value from a string.
    public static JsonValue read(String text, JsonLimits limits) throws JsonException {
        return read(text.getBytes(StandardCharsets.UTF_8), limits);
    }

    /// Reads exactly one value from a stream, which stays open.
    ///
    /// @throws JsonException when the text is not JSON, has something after its value, or exceeds a limit
    /// @throws IOException when the stream fails
    public static JsonValue read(InputStream text, JsonLimits limits) throws IOException {
        return parse(text, limits, parser -> value(parser, new Budget(limits.values())));
    }

    private static <T> T parse(InputStream text, JsonLimits limits, Body<T> body) throws IOException {
        try (JsonParser parser = factory(limits).createParser(text)) {
            return onlyValue(parser, body);
        } catch (JsonProcessingException e) {
            throw new JsonException("not JSON at " + place(e.getLocation()) + ": " + firstLine(e), e);
        }
    }

    private static <T> T onlyValue(JsonParser parser, Body<T> body) throws IOException {
        try {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            if (parser.nextToken() == null) {
                throw new JsonException("the text is empty");
            }
            var value = body.read(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the value at " + place(parser.currentTokenLocation()));
            }
            return value;
        } catch (StreamConstraintsException e) {
            // the exception knows no place, and names the library's setting
            throw new JsonException(
                    "over a limit at " + place(parser.currentLocation()) + ": "
                            + LIBRARY_SETTING.matcher(firstLine(e)).replaceAll(""),
                    e);
        }
    }

    /// Reads exactly one object, of which only some members are kept: a long text then needs no long tree.
    ///
    /// @param kept names of the members that are returned; others are passed over
    /// @param streamed members that are arrays, whose elements are handed over; left of them is an empty array
    /// @param mostValues in the members that are kept together, and in each element that is handed over
    /// @throws JsonException when the text is not JSON or not an object, has something after it, or exceeds a limit
    /// @throws IOException when the stream fails
    public static JsonObject readObject(
            InputStream text, JsonLimits limits, Set<String> kept, Map<String, ElementTaker> streamed, int mostValues)
            throws IOException {
        return parse(text, limits, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonException("the text is no object");
            }
            var budget = new Budget(mostValues);
            Map<String, JsonValue> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                var taker = streamed.get(name);
                if (parser.nextToken() == JsonToken.START_ARRAY && taker != null) {
                    for (var index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                        taker.take(index, value(parser, new Budget(mostValues)));
                    }
                    members.put(name, new JsonArray(List.of()));
                } else if (taker != null || kept.contains(name)) {
                    members.put(name, value(parser, budget));
                } else {
                    parser.skipChildren();
                }
            }
            return new JsonObject(members);
        });
    }

    /// Takes the elements of one array, in their order.
    @FunctionalInterface
    public interface ElementTaker {
        /// @param index from 0
        /// @throws JsonException to end the reading
        void take(int index, JsonValue element) throws JsonException;
    }

    @FunctionalInterface
    private interface Body<T> {
        T read(JsonParser parser) throws IOException;
    }

    /// How many values may still be read.
    private static final class Budget {

        private final int most;
        private int left;

        Budget(int most) {
            this.most = most;
            this.left = most;
        }

        void take(JsonParser parser) throws JsonException {
            if (left-- == 0) {
                throw new JsonException("over " + most + " values at " + place(parser.currentTokenLocation()));
            }
        }
    }

    private static JsonFactory factory(JsonLimits limits) {
        var constraints = StreamReadConstraints.builder()
                .maxDocumentLength(limits.bytes())
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.stringLength())
                .maxNameLength(Math.min(limits.stringLength(), 1 << 16))
                .build();
        var builder = PLAIN.rebuild().streamReadConstraints(constraints);
        if (limits.refuseDuplicates()) {
            builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        }
        return builder.build();
    }

    /// Reads the value whose first token is the current one; the depth of recursion is bounded by the parser's limit.
    private static JsonValue value(JsonParser parser, Budget budget) throws IOException {
        budget.take(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, budget);
            case START_ARRAY -> array(parser, budget);
            case VALUE_STRING -> new JsonString(JsonWriter.wellFormed(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getDecimalValue());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new JsonException("unexpected token at " + place(parser.currentTokenLocation()));
        };
    }

    private static JsonObject object(JsonParser parser, Budget budget) throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, budget));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser, Budget budget) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, budget));
        }
        return new JsonArray(elements);
    }

    private static String place(@org.jspecify.annotations.Nullable JsonLocation location) {
        return location == null
                ? "an unknown place"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(JsonProcessingException e) {
        var message = String.valueOf(e.getOriginalMessage());
        var end = message.indexOf('\n');
        var line = LIBRARY_PLACE
                .matcher(end < 0 ? message : message.substring(0, end))
                .replaceAll("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
