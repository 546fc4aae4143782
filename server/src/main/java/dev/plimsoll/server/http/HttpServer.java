package dev.plimsoll.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The web server, on virtual threads. The only class that knows whose it is.
public final class HttpServer implements AutoCloseable {

    /// How long requests that are under way have when the service stops.
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final WebServer server;

    private HttpServer(WebServer server) {
        this.server = server;
    }

    /// Where it listens, and how.
    ///
    /// @param port 0 for any that is free
    /// @param tls empty for plain HTTP
    public record Listener(String host, int port, Optional<SSLContext> tls, int maxRequests) {}

    /// Listens from now on.
    ///
    /// @throws IOException where the address cannot be had
    public static HttpServer start(Listener listener, Dispatcher dispatcher) throws IOException {
        demandFree(listener);
        var builder = WebServer.builder()
                .host(listener.host())
                .port(listener.port())
                .maxConcurrentRequests(listener.maxRequests())
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .routing(routing -> routing.any((request, response) -> answer(dispatcher, request, response)));
        listener.tls().ifPresent(context -> builder.tls(tls -> tls.sslContext(context)));
        var server = builder.build().start();
        if (!server.isRunning()) {
            throw new IOException("cannot listen at " + listener.host() + ":" + listener.port());
        }
        return new HttpServer(server);
    }

    /// The web server would write a trace, and seem to be started.
    private static void demandFree(Listener listener) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(listener.host(), listener.port()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot listen at " + listener.host() + ":" + listener.port() + ": " + e.getMessage()
                            + "; --host and --port name another place",
                    e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Dispatcher dispatcher, ServerRequest request, ServerResponse response) {
        var reply = dispatcher.dispatch(incoming(request));
        response.status(reply.status());
        response.header("x-content-type-options", "nosniff");
        response.header("x-frame-options", "DENY");
        response.header("referrer-policy", "no-referrer");
        response.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        if (!reply.headers().containsKey("cache-control")) {
            response.header("cache-control", "no-store");
        }
        if (request.isSecure()) {
            response.header("strict-transport-security", "max-age=31536000");
        }
        reply.headers().forEach((name, value) -> response.header(name(name), value));
        switch (reply) {
            case Reply.Document document -> {
                response.header(HeaderNames.CONTENT_TYPE, document.mediaType());
                response.send(document.bytes());
            }
            case Reply.Empty _ -> response.send();
            case Reply.Streamed streamed -> {
                response.header(HeaderNames.CONTENT_TYPE, streamed.mediaType());
                try (var out = response.outputStream()) {
                    streamed.content().writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case Reply.Events events -> {
                response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
                try (var out = response.outputStream()) {
                    events.sender().sendTo(new EventSink(out));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static HeaderName name(String name) {
        return HeaderNames.create(name);
    }

    private static Dispatcher.Incoming incoming(ServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (var header : request.headers()) {
            headers.putIfAbsent(header.name().toLowerCase(Locale.ROOT), header.get());
        }
        Map<String, String> query = new HashMap<>();
        for (var name : request.query().names()) {
            query.put(
                    name,
                    request.query().all(name).isEmpty() ? "" : request.query().get(name));
        }
        var address = request.remotePeer().host();
        return new Dispatcher.Incoming(
                request.prologue().method().text(),
                request.path().rawPath(),
                query,
                headers,
                address,
                request.content().hasEntity()
                        ? request.content().inputStream()
                        : java.io.InputStream.nullInputStream());
    }

    /// Source: WHATWG HTML, 9.2.5 "Parsing an event stream": a field a line, an empty line ends the event.
    private record EventSink(OutputStream out) implements Reply.Events.Sink {

        @Override
        public void event(String name, String data) throws IOException {
            send("event: " + name + "\ndata: " + data + "\n\n");
        }

        @Override
        public void comment(String text) throws IOException {
            send(": " + text + "\n\n");
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
