package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.image.tls.Pem;
import dev.plimsoll.image.tls.TlsContexts;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/// Speaks with one server. What fails becomes a {@link CommandException} whose sentence names a
/// remedy. Not safe for several threads.
final class RemoteClient implements AutoCloseable {

    /// In bytes: a report with all files of a large image.
    static final long MAX_ANSWER = 256L << 20;

    /// In items, of one page.
    static final int PAGE = 500;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// Until an answer begins: a judgement of a large image takes seconds, an upload of a database a
    /// minute.
    private static final Duration ANSWER = Duration.ofMinutes(5);
    /// Questions are asked again where the connection fails; what changes something is not.
    private static final int ATTEMPTS = 3;

    private static final Duration PAUSE = Duration.ofMillis(300);
    /// A server that asks us to wait longer than this is told of.
    private static final int MAX_WAIT_SECONDS = 5;

    private final Server server;
    private final HttpClient http;

    RemoteClient(Server server) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(trust(server))
                .build();
    }

    private static SSLContext trust(Server server) {
        try {
            if (server.url().getScheme().equals("http")) {
                return TlsContexts.trustingNobody();
            }
            if (server.insecure()) {
                return TlsContexts.trustingAnybody(Optional.empty());
            }
            var file = server.certificateAuthorities();
            List<X509Certificate> authorities = file.isPresent() ? Pem.certificates(file.get()) : List.of();
            return TlsContexts.trusting(authorities, Optional.empty());
        } catch (IOException e) {
            throw CommandException.usage("--ca: " + Failures.told(e));
        } catch (GeneralSecurityException e) {
            throw CommandException.usage("--ca: these certificates cannot be used: " + e.getMessage());
        }
    }

    Server server() {
        return server;
    }

    JsonObject get(String path) {
        return get(path, Query.NONE);
    }

    JsonObject get(String path, Query query) {
        return ask(path, query).json();
    }

    /// A question whose answer need not be JSON.
    Answer ask(String path, Query query) {
        return succeeded(path, exchange(request(path, query).GET().build(), true));
    }

    /// All items of a list, page by page.
    ///
    /// @param limit items at most
    /// @return whether there are more
    boolean list(String path, Query query, int limit, Consumer<JsonObject> item) {
        var left = limit;
        Optional<String> cursor = Optional.empty();
        do {
            var page = get(
                    path,
                    query.with("limit", Integer.toString(Math.min(PAGE, left))).with("cursor", cursor));
            var items = page.objects("items");
            items.stream().limit(left).forEach(item);
            left -= Math.min(left, items.size());
            cursor = page.string("next");
        } while (left > 0 && cursor.isPresent());
        return cursor.isPresent();
    }

    JsonObject post(String path) {
        return change("POST", path, Query.NONE, Body.NONE).json();
    }

    JsonObject post(String path, Body body) {
        return post(path, Query.NONE, body);
    }

    JsonObject post(String path, Query query, Body body) {
        return change("POST", path, query, body).json();
    }

    JsonObject put(String path, Body body) {
        return change("PUT", path, Query.NONE, body).json();
    }

    JsonObject patch(String path, Body body) {
        return change("PATCH", path, Query.NONE, body).json();
    }

    void delete(String path) {
        change("DELETE", path, Query.NONE, Body.NONE);
    }

    private Answer change(String method, String path, Query query, Body body) {
        var request = request(path, query);
        body.type().ifPresent(type -> request.header("content-type", type));
        return succeeded(path, exchange(request.method(method, body.publisher()).build(), false));
    }

    private HttpRequest.Builder request(String path, Query query) {
        var request = HttpRequest.newBuilder(server.at(path, query))
                .timeout(ANSWER)
                .header("user-agent", "plimsoll/" + Version.text());
        if (!server.key().isEmpty()) {
            request.header("authorization", "Bearer " + server.key());
        }
        return request;
    }

    private Answer succeeded(String path, Answer answer) {
        if (answer.status() / 100 != 2) {
            throw Refusals.of(server, path, answer);
        }
        return answer;
    }

    private Answer exchange(HttpRequest request, boolean repeatable) {
        for (int attempt = 1; ; attempt++) {
            var last = !repeatable || attempt == ATTEMPTS;
            try {
                var answer = answer(http.send(request, BodyHandlers.ofInputStream()));
                var wait = wait(answer);
                if (last || wait.isEmpty()) {
                    return answer;
                }
                Thread.sleep(wait.get());
            } catch (IOException e) {
                if (last) {
                    throw Refusals.of(server, e);
                }
                pause(PAUSE.multipliedBy(attempt));
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }
    }

    /// How long a server wants us to wait, where it is not now that it answers.
    private static Optional<Duration> wait(Answer answer) {
        return answer.status() != 503 && answer.status() != 429
                ? Optional.empty()
                : answer.header("retry-after")
                        .filter(text -> text.matches("[0-9]{1,3}"))
                        .map(Integer::parseInt)
                        .filter(seconds -> seconds <= MAX_WAIT_SECONDS)
                        .map(Duration::ofSeconds);
    }

    private Answer answer(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            var bytes = body.readNBytes((int) MAX_ANSWER + 1);
            if (bytes.length > MAX_ANSWER) {
                throw CommandException.usage(server + " answers with more than " + MAX_ANSWER + " bytes");
            }
            return new Answer(server, response.statusCode(), response.headers(), bytes);
        }
    }

    /// Server-sent events; the stream is the caller's to close.
    ///
    /// @return empty where the server has none for us
    /// @throws IOException when the connection fails
    Optional<InputStream> events(String path) throws IOException {
        var request = request(path, Query.NONE).header("accept", "text/event-stream");
        try {
            var response = http.send(request.GET().build(), BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return Optional.of(response.body());
            }
            response.body().close();
            return Optional.empty();
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /// Waits.
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static CommandException interrupted() {
        Thread.currentThread().interrupt();
        return CommandException.usage("interrupted");
    }

    /// Ends what is still under way.
    @Override
    public void close() {
        http.shutdownNow();
    }

    /// What is sent.
    ///
    /// @param type empty where nothing is
    record Body(HttpRequest.BodyPublisher publisher, Optional<String> type) {

        static final Body NONE = new Body(BodyPublishers.noBody(), Optional.empty());
    }
}
