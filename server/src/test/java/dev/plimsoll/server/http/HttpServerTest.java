package dev.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Asks the real web server with the JDK's client.
final class HttpServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        var routes = List.of(
                new Route(
                        Method.GET,
                        "/hello/{name}",
                        Permission.NONE,
                        request -> Reply.json(json -> json.object(() -> {
                            json.member("name", request.path("name"));
                            json.member("wanted", request.queried("q").orElse(""));
                        }))),
                new Route(
                        Method.GET,
                        "/tagged",
                        Permission.NONE,
                        _ -> Reply.json(json -> json.object(() -> {})).tagged("one")),
                new Route(Method.GET, "/secret", Permission.READ_IMAGES, _ -> Reply.noContent()),
                new Route(
                        Method.POST,
                        "/take",
                        Permission.NONE,
                        10,
                        request -> Reply.document("text/plain", request.bytes())),
                new Route(Method.GET, "/broken", Permission.NONE, _ -> {
                    throw new IllegalStateException("a password: hunter2");
                }),
                new Route(
                        Method.GET,
                        "/events",
                        Permission.NONE,
                        _ -> new Reply.Events(200, Map.of(), sink -> {
                            sink.event("progress", "{\"step\":1}");
                            sink.event("done", "{}");
                        })));
        server = HttpServer.start(
                new HttpServer.Listener("127.0.0.1", 0, Optional.empty(), 100),
                new Dispatcher(new Router(routes), (_, _) -> Principal.NOBODY, (_, _, _, _, _) -> {}));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatAPortIsTaken() {
        assertThatThrownBy(() -> HttpServer.start(
                        new HttpServer.Listener("127.0.0.1", server.port(), Optional.empty(), 100),
                        new Dispatcher(new Router(List.of()), (_, _) -> Principal.NOBODY, (_, _, _, _, _) -> {})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("in use")
                .hasMessageContaining("--port");
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    @Test
    void decodesPathAndQuery() throws Exception {
        var answer = ask(to("/hello/a%2Fb+c?q=x%20y"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().strip()).isEqualTo("{\"name\":\"a/b+c\",\"wanted\":\"x y\"}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void sendsNothingTwice() throws Exception {
        assertThat(ask(to("/tagged")).headers().firstValue("etag")).hasValue("\"one\"");
        assertThat(ask(to("/tagged").header("If-None-Match", "\"one\"")).statusCode())
                .isEqualTo(304);
        assertThat(ask(to("/tagged").header("If-None-Match", "\"two\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsProblems() throws Exception {
        var answer = ask(to("/nowhere"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(ask(to("/secret")).statusCode()).isEqualTo(401);
        var method = ask(to("/take"));
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void keepsWhatFailedToItself() throws Exception {
        var answer = ask(to("/broken"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("IllegalState");
    }

    @Test
    void takesNoMoreThanTheRouteAllows() throws Exception {
        var small = HttpRequest.BodyPublishers.ofString("0123456789");
        assertThat(ask(to("/take").POST(small)).body()).isEqualTo("0123456789");
        var large = HttpRequest.BodyPublishers.ofString("0123456789A");
        assertThat(ask(to("/take").POST(large)).statusCode()).isEqualTo(413);
        var unsized = HttpRequest.BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream("0123456789A".getBytes(StandardCharsets.UTF_8)));
        assertThat(ask(to("/take").POST(unsized)).statusCode()).isEqualTo(413);
    }

    @Test
    void sendsEvents() throws Exception {
        assertThat(ask(to("/events")).body())
                .isEqualTo("event: progress\ndata: {\"step\":1}\n\nevent: done\ndata: {}\n\n");
    }
}
