package dev.plimsoll.image.registry;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;

/// What a registry says of a failure. Anything of another form says nothing.
///
/// Source: Distribution Specification 1.1, "Error Codes".
///
/// @param words code and message of the first error, empty where there is none
record ErrorBody(String words) {

    /// In bytes; what is longer is not read.
    static final int MAX_BYTES = 64 << 10;
    /// In characters, of a message.
    private static final int MAX_SHOWN = 300;

    static ErrorBody of(Answer answer) {
        try {
            var bytes = answer.bytes(MAX_BYTES);
            if (bytes.isPresent()
                    && JsonReader.read(bytes.get(), JsonLimits.FOREIGN.withBytes(MAX_BYTES))
                            instanceof JsonObject object) {
                return new ErrorBody(object.objects("errors").stream()
                        .findFirst()
                        .map(ErrorBody::words)
                        .orElse(""));
            }
        } catch (JsonException _) {
            // a page for people; it says nothing that the status does not
        } catch (IOException _) {
            // the failure that is told is the one before
        }
        return new ErrorBody("");
    }

    private static String words(JsonObject error) {
        var code = error.string("code").orElse("");
        var message = error.string("message").orElse("");
        var both = code + (code.isEmpty() || message.isEmpty() ? "" : ": ") + message;
        return both.length() > MAX_SHOWN ? both.substring(0, MAX_SHOWN) + "…" : both;
    }

    /// For the middle of a message.
    String inBrackets() {
        return words.isEmpty() ? "" : " (" + words + ")";
    }
}
