package dev.plimsoll.server.notify.message;

import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// JSON as a text, without white space.
public final class JsonText {

    private JsonText() {}

    public static String of(Consumer<JsonWriter> body) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(out)) {
            body.accept(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
