package dev.plimsoll.json;

import java.io.IOException;

/// A text is not JSON, or exceeds a limit. The message says what and where (line and column), and never holds more than
/// a few
/// characters of the text.
public final class JsonException extends IOException {

    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
