package dev.plimsoll.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// Answers as a Plimsoll server does, with what a test gives it, and remembers what it was asked.
/// Whatever the test does not give is not found.
final class StandInServer implements AutoCloseable {

    static final String KEY = "plm_stand_in_key";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /// What is answered.
    record Reply(int status, Map<String, String> headers, String body) {

        static Reply json(String body) {
            return json(200, body);
        }

        static Reply json(int status, String body) {
            return new Reply(status, Map.of("content-type", "application/json"), body);
        }

        static Reply problem(int status, String detail) {
            return new Reply(
                    status,
                    Map.of("content-type", "application/problem+json"),
                    "{\"type\":\"x\",\"title\":\"t\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
        }
    }

    /// What was asked.
    ///
    /// @param line method, path behind `/api/v1`, query
    record Asked(String line, Optional<String> authorization, Optional<String> type, String body) {}

    StandInServer() throws IOException {
        this(Optional.empty());
    }

    StandInServer(Optional<SSLContext> tls) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls.isPresent()) {
            var secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            server = secure;
        } else {
            server = HttpServer.create(address, 0);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return (server instanceof HttpsServer ? "https://" : "http://") + host();
    }

    /// Answers this to that from now on; given again, one after the other, and the last for ever.
    ///
    /// @param question `GET /images`, without the query
    StandInServer when(String question, Reply reply) {
        replies.computeIfAbsent(question, _ -> new ArrayDeque<>()).add(reply);
        return this;
    }

    StandInServer when(String question, String json) {
        return when(question, Reply.json(json));
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> lines() {
        return asked().stream().map(Asked::line).toList();
    }

    Asked last() {
        return asked().getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var path = uri.getRawPath().replaceFirst("^/api/v1", "");
        var question = exchange.getRequestMethod() + " " + path;
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                question + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                Optional.ofNullable(headers.getFirst("authorization")),
                Optional.ofNullable(headers.getFirst("content-type")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var reply = reply(question);
        var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private synchronized Reply reply(String question) {
        var waiting = replies.get(question);
        if (waiting == null) {
            return Reply.problem(404, "there is nothing at " + question);
        }
        return waiting.size() > 1 ? waiting.removeFirst() : waiting.getFirst();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
