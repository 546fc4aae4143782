package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/// What came back: the head of an answer, and its body as a stream. Closing it gives up what was not read.
///
/// @param uri that answered, behind all redirects
record Answer(int status, HttpHeaders headers, URI uri, BodyStream body) implements AutoCloseable {

    /// The first header of that name.
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /// The type of the body without its parameters, empty where none is stated.
    String mediaType() {
        var type = header("Content-Type").orElse("");
        var semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    }

    /// The whole body, empty where it is longer than the limit.
    Optional<byte[]> bytes(int limit) throws IOException {
        if (headers.firstValueAsLong("Content-Length").orElse(0) > limit) {
            return Optional.empty();
        }
        var bytes = body.readNBytes(limit + 1);
        return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }

    @Override
    public void close() {
        body.close();
    }
}
