package dev.plimsoll.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes JSON as a stream, always the same way: two spaces of indent, `\n`, one final newline, UTF-8. Members come in
/// the
/// order in which they are written. Not safe for several threads.
public final class JsonWriter implements AutoCloseable {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /// Up to which a number is written without one.
    private static final int MAX_EXPONENT = 1000;

    private final JsonGenerator generator;

    private JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /// For people and for files that are compared: indented.
    public static JsonWriter indented(OutputStream out) throws IOException {
        var generator = open(out);
        var indenter = new DefaultIndenter("  ", "\n");
        var separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        generator.setPrettyPrinter(new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter));
        return new JsonWriter(generator);
    }

    /// Without white space.
    public static JsonWriter compact(OutputStream out) throws IOException {
        return new JsonWriter(open(out));
    }

    /// What the body writes, compact, as a text; it ends with the newline of {@link #close}.
    public static String text(Consumer<JsonWriter> body) {
        var out = new ByteArrayOutputStream();
        try (var writer = compact(out)) {
            body.accept(writer);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written outside", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonGenerator open(OutputStream out) throws IOException {
        var generator = FACTORY.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        return generator;
    }

    /// An object with what `body` writes; for an element of an array or the whole text.
    public JsonWriter object(Runnable body) {
        write(generator::writeStartObject);
        body.run();
        write(generator::writeEndObject);
        return this;
    }

    /// A member that is an object.
    public JsonWriter object(String name, Runnable body) {
        write(() -> generator.writeFieldName(wellFormed(name)));
        return object(body);
    }

    /// An array with what `body` writes; for an element of an array or the whole text.
    public JsonWriter array(Runnable body) {
        write(generator::writeStartArray);
        body.run();
        write(generator::writeEndArray);
        return this;
    }

    /// A member that is an array.
    public JsonWriter array(String name, Runnable body) {
        write(() -> generator.writeFieldName(wellFormed(name)));
        return array(body);
    }

    /// A member that is an array of strings.
    public JsonWriter strings(String name, Collection<String> texts) {
        return array(name, () -> texts.forEach(this::element));
    }

    public JsonWriter member(String name, @Nullable String text) {
        if (text == null) {
            return nullMember(name);
        }
        write(() -> generator.writeStringField(wellFormed(name), wellFormed(text)));
        return this;
    }

    public JsonWriter member(String name, long number) {
        write(() -> generator.writeNumberField(wellFormed(name), number));
        return this;
    }

    public JsonWriter member(String name, BigDecimal number) {
        write(() -> {
            generator.writeFieldName(wellFormed(name));
            generator.writeNumber(number.toPlainString());
        });
        return this;
    }

    public JsonWriter member(String name, boolean value) {
        write(() -> generator.writeBooleanField(wellFormed(name), value));
        return this;
    }

    /// Writes nothing where the text is absent.
    public JsonWriter member(String name, Optional<String> text) {
        return text.isPresent() ? member(name, text.get()) : this;
    }

    public JsonWriter nullMember(String name) {
        write(() -> generator.writeNullField(wellFormed(name)));
        return this;
    }

    /// A member that is a tree.
    public JsonWriter member(String name, JsonValue value) {
        write(() -> generator.writeFieldName(wellFormed(name)));
        return element(value);
    }

    public JsonWriter element(String text) {
        write(() -> generator.writeString(wellFormed(text)));
        return this;
    }

    public JsonWriter element(long number) {
        write(() -> generator.writeNumber(number));
        return this;
    }

    /// A tree as an element of an array or the whole text.
    public JsonWriter element(JsonValue value) {
        switch (value) {
            case JsonObject(var members) -> object(() -> members.forEach(this::member));
            case JsonArray(var elements) -> array(() -> elements.forEach(this::element));
            case JsonString(var text) -> element(text);
            case JsonNumber(var number) -> write(() -> generator.writeNumber(digits(number)));
            case JsonBoolean(var bool) -> write(() -> generator.writeBoolean(bool));
            case JsonNull _ -> write(generator::writeNull);
        }
        return this;
    }

    /// Ends the text with a newline and flushes; the stream beneath stays open.
    @Override
    public void close() throws IOException {
        generator.writeRaw('\n');
        generator.close();
    }

    /// A number with a huge exponent is short as it stands and endless when written out.
    static String digits(BigDecimal number) {
        return Math.abs((long) number.scale()) > MAX_EXPONENT ? number.toString() : number.toPlainString();
    }

    /// The text with U+FFFD for halves of surrogate pairs, which UTF-8 cannot hold; foreign texts get them by escapes.
    static String wellFormed(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, '\ufffd');
            }
        }
        return changed == null ? text : changed.toString();
    }

    /// Bodies are lambdas, which cannot throw checked exceptions; {@link UncheckedIOException} carries them out.
    private void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
