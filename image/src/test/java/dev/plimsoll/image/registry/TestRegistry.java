package dev.plimsoll.image.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.plimsoll.image.ImageBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// A registry in this process that can be told to misbehave, and remembers what it was asked.
public final class TestRegistry implements AutoCloseable {

    /// What was asked.
    ///
    /// @param authorization the header, empty where there was none
    public record Asked(String method, String target, String authorization, String range, String body) {}

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("test-registry-", 0).factory());
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private UnaryOperator<HttpHandler> everywhere = UnaryOperator.identity();

    private TestRegistry(HttpServer server) {
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public static TestRegistry start() throws IOException {
        return new TestRegistry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public static TestRegistry startTls(SSLContext context) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = context.getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        return new TestRegistry(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// As references name it.
    public String host() {
        return "127.0.0.1:" + port();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// The targets, without queries.
    public List<String> paths() {
        return asked().stream()
                .map(one -> one.target().replaceFirst("\\?.*", ""))
                .toList();
    }

    /// Answers a path in its own way.
    public TestRegistry on(String path, HttpHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /// Puts something before every answer.
    public TestRegistry everywhere(UnaryOperator<HttpHandler> wrap) {
        everywhere = wrap;
        return this;
    }

    /// Demands a header `Authorization` of every request.
    public TestRegistry demanding(String challenge, String authorization) {
        return everywhere(inner -> exchange -> {
            if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                inner.handle(exchange);
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
                answer(exchange, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"log in\"}]}");
            }
        });
    }

    /// Serves an image as a registry should.
    public TestRegistry serving(String repository, String tag, ImageBytes image) {
        image.blobs().forEach((path, bytes) -> on(blobPath(repository, bytes), exchange -> blob(exchange, bytes)));
        return serving(repository, tag, ImageBytes.MANIFEST, image.manifest());
    }

    /// Serves a manifest or index under a tag and under its digest.
    public TestRegistry serving(String repository, String tag, String mediaType, String manifest) {
        var bytes = ImageBytes.bytes(manifest);
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().add("Content-Type", mediaType);
            exchange.getResponseHeaders().add("Docker-Content-Digest", ImageBytes.digest(bytes));
            answer(exchange, 200, bytes);
        };
        on("/v2/" + repository + "/manifests/" + tag, handler);
        return on("/v2/" + repository + "/manifests/" + ImageBytes.digest(bytes), handler);
    }

    public static String blobPath(String repository, byte[] blob) {
        return "/v2/" + repository + "/blobs/" + ImageBytes.digest(blob);
    }

    /// A blob, or a part of it.
    public static void blob(HttpExchange exchange, byte[] bytes) throws IOException {
        var from = rangeStart(exchange);
        if (from.isEmpty()) {
            answer(exchange, 200, bytes);
        } else {
            var rest = java.util.Arrays.copyOfRange(bytes, from.get(), bytes.length);
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from.get() + "-" + (bytes.length - 1) + "/" + bytes.length);
            answer(exchange, 206, rest);
        }
    }

    /// Where the part begins that is asked for.
    public static Optional<Integer> rangeStart(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .map(range -> Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1")));
    }

    public static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
        exchange.close();
    }

    public static HttpHandler redirect(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            answer(exchange, status, "");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Optional.ofNullable(headers.getFirst("Authorization")).orElse(""),
                Optional.ofNullable(headers.getFirst("Range")).orElse(""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var path = exchange.getRequestURI().getPath();
        HttpHandler own = path.equals("/v2/")
                ? ping -> answer(ping, 200, "{}")
                : missing -> answer(
                        missing, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"not known here\"}]}");
        try {
            everywhere.apply(handlers.getOrDefault(path, own)).handle(exchange);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
