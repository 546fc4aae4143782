package dev.plimsoll.server.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/// The HTTP side of the stand-ins. They are classes of the tests, so that a test has them in its
/// hands, and programs at once: Java's launcher runs a source file, and finds the others beside it.
abstract class StandInServer implements AutoCloseable {

    private final HttpServer server;

    /// @param port 0: any
    StandInServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                answer(exchange, body);
            } catch (RuntimeException e) {
                text(exchange, 500, "text/plain", "the stand-in failed: " + e);
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    /// Closing the exchange without an answer closes the connection.
    abstract void answer(HttpExchange exchange, String body) throws IOException;

    /// Where it is, without a slash at the end.
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static void text(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void json(HttpExchange exchange, int status, JsonValue value) throws IOException {
        text(exchange, status, "application/json; charset=utf-8", write(value));
    }

    static JsonObject read(String body) throws JsonException {
        return JsonReader.read(body, JsonLimits.AUTHORED) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    static JsonObject object(String text) {
        try {
            return read(text);
        } catch (JsonException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(JsonValue value) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(out)) {
            writer.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    static JsonObject with(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }
}
