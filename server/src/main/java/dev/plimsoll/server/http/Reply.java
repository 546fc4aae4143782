package dev.plimsoll.server.http;

import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a handler answers.
public sealed interface Reply {

    int status();

    /// Beside those that every reply has; names in lower case.
    Map<String, String> headers();

    /// The same with one header more.
    Reply with(String header, String value);

    /// A whole document. Immutable.
    final class Document implements Reply {

        private final int status;
        private final Map<String, String> headers;
        private final String mediaType;
        private final byte[] bytes;
        private final Optional<String> etag;

        /// @param bytes stay as they are
        /// @param etag of its contents, quoted; a request that knows it gets 304 without the document
        Document(int status, Map<String, String> headers, String mediaType, byte[] bytes, Optional<String> etag) {
            this.status = status;
            this.headers = Map.copyOf(headers);
            this.mediaType = mediaType;
            this.bytes = bytes;
            this.etag = etag;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> headers() {
            return headers;
        }

        public String mediaType() {
            return mediaType;
        }

        /// Not to be changed.
        public byte[] bytes() {
            return bytes;
        }

        public Optional<String> etag() {
            return etag;
        }

        @Override
        public Document with(String header, String value) {
            return new Document(status, and(headers, header, value), mediaType, bytes, etag);
        }

        /// The same with an entity tag of that text.
        public Document tagged(String tag) {
            return new Document(status, headers, mediaType, bytes, Optional.of('"' + tag + '"'));
        }
    }

    /// Bytes that are made while they are sent.
    record Streamed(int status, Map<String, String> headers, String mediaType, Content content) implements Reply {

        public Streamed {
            headers = Map.copyOf(headers);
        }

        /// Writes them.
        @FunctionalInterface
        public interface Content {
            void writeTo(OutputStream out) throws IOException;
        }

        @Override
        public Streamed with(String header, String value) {
            return new Streamed(status, and(headers, header, value), mediaType, content);
        }
    }

    /// Server-sent events, until the source returns or the caller hangs up.
    ///
    /// Source: WHATWG HTML, 9.2 "Server-sent events".
    record Events(int status, Map<String, String> headers, Sender sender) implements Reply {

        public Events {
            headers = Map.copyOf(headers);
        }

        /// Sends them.
        @FunctionalInterface
        public interface Sender {
            void sendTo(Sink sink) throws IOException;
        }

        /// Where one event goes. A comment keeps the connection alive.
        public interface Sink {

            /// @param data one line of JSON
            void event(String name, String data) throws IOException;

            void comment(String text) throws IOException;
        }

        @Override
        public Events with(String header, String value) {
            return new Events(status, and(headers, header, value), sender);
        }
    }

    /// Nothing but a status.
    record Empty(int status, Map<String, String> headers) implements Reply {

        public Empty {
            headers = Map.copyOf(headers);
        }

        @Override
        public Empty with(String header, String value) {
            return new Empty(status, and(headers, header, value));
        }
    }

    /// JSON.
    static Document json(int status, Consumer<JsonWriter> body) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(out)) {
            body.accept(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Document(status, Map.of(), "application/json", out.toByteArray(), Optional.empty());
    }

    static Document json(Consumer<JsonWriter> body) {
        return json(200, body);
    }

    static Document created(String location, Consumer<JsonWriter> body) {
        return json(201, body).with("location", location);
    }

    static Document document(String mediaType, byte[] bytes) {
        return new Document(200, Map.of(), mediaType, bytes, Optional.empty());
    }

    /// A document with another status: a problem that tells more than {@link ProblemException} can.
    static Document document(int status, String mediaType, byte[] bytes) {
        return new Document(status, Map.of(), mediaType, bytes, Optional.empty());
    }

    static Empty noContent() {
        return new Empty(204, Map.of());
    }

    private static Map<String, String> and(Map<String, String> headers, String header, String value) {
        var all = new HashMap<>(headers);
        all.put(header, value);
        return all;
    }
}
