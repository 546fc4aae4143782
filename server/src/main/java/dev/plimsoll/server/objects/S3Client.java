package dev.plimsoll.server.objects;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Asks S3, signed, and asks again where what went wrong may pass. Safe for several threads.
///
/// Source: AWS documentation, "Amazon S3 API Reference": PutObject, GetObject, HeadObject,
/// DeleteObject, ListObjectsV2, "Error responses"; "Retry behavior": backoff with jitter.
final class S3Client implements AutoCloseable {

    /// Of each request.
    static final int ATTEMPTS = 5;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /// Bytes a second; who takes less is taken for dead.
    private static final long SLOWEST = 128 << 10;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /// In bytes, of an answer that is read as a whole: a page of a list has at most 1000 keys of 1024
    /// bytes.
    private static final int LONGEST_ANSWER = 8 << 20;
    /// SHA-256 of nothing.
    private static final String NOTHING = S3Signature.sha256("");

    private final S3Settings settings;
    private final S3Signature signature;
    private final InstantSource clock;
    private final Duration firstPause;
    private final Random jitter = new Random();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    S3Client(S3Settings settings, InstantSource clock, Duration firstPause) {
        this.settings = settings;
        this.clock = clock;
        this.firstPause = firstPause;
        this.signature =
                new S3Signature(settings.region(), settings.accessKey(), settings.secretKey(), settings.sessionToken());
    }

    /// @param body null for none
    private record Ask(
            String method,
            String key,
            String query,
            @org.jspecify.annotations.Nullable Path body,
            String payload) {

        Ask(String method, String key, String query) {
            this(method, key, query, null, NOTHING);
        }

        BodyPublisher publisher() throws IOException {
            return body == null ? BodyPublishers.noBody() : BodyPublishers.ofFile(body);
        }

        Duration patience() throws IOException {
            return body == null ? ANSWER : ANSWER.plusSeconds(Files.size(body) / SLOWEST);
        }
    }

    void put(String key, Path file, String payload) throws IOException {
        drain(send(new Ask("PUT", key, "", file, payload)));
    }

    /// @return empty where there is no such object
    Optional<InputStream> get(String key) throws IOException {
        var response = send(new Ask("GET", key, ""));
        if (response.statusCode() == 404) {
            drain(response);
            return Optional.empty();
        }
        return Optional.of(new StallGuard(response.body(), ANSWER));
    }

    /// @return the headers; empty where there is no such object
    Optional<java.net.http.HttpHeaders> head(String key) throws IOException {
        var response = send(new Ask("HEAD", key, ""));
        drain(response);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(response.headers());
    }

    void delete(String key) throws IOException {
        drain(send(new Ask("DELETE", key, "")));
    }

    /// @param most keys, at most 1000
    /// @param token of the page before, empty for the first
    S3Page list(String prefix, int most, String token) throws IOException {
        var query = "list-type=2&max-keys=" + most + "&prefix=" + S3Signature.encode(prefix)
                + (token.isEmpty() ? "" : "&continuation-token=" + S3Signature.encode(token));
        var response = send(new Ask("GET", "", query));
        try (var body = new StallGuard(response.body(), ANSWER)) {
            if (response.statusCode() == 404) {
                throw error(response, S3Problem.read(body.readNBytes(LONGEST_ANSWER)), "the list of");
            }
            return S3Page.read(body.readNBytes(LONGEST_ANSWER), settings.toString());
        }
    }

    /// Answers 2xx and 404 only.
    private HttpResponse<InputStream> send(Ask ask) throws IOException {
        var uri = URI.create(settings.url(ask.key()) + (ask.query().isEmpty() ? "" : "?" + ask.query()));
        var pause = firstPause;
        for (var attempt = 1; ; attempt++) {
            IOException failure;
            try {
                var response = client.send(request(ask, uri), BodyHandlers.ofInputStream());
                var status = response.statusCode();
                if (status / 100 == 2 || (status == 404 && !ask.method().equals("PUT"))) {
                    return response;
                }
                S3Problem problem;
                try (var body = new StallGuard(response.body(), ANSWER)) {
                    problem = S3Problem.read(body.readNBytes(LONGEST_ANSWER));
                }
                failure = error(response, problem, ask.method() + " " + ask.key() + " in");
                if (!problem.passes(status)) {
                    throw failure;
                }
            } catch (ObjectStoreException e) {
                throw e;
            } catch (IOException e) {
                failure = new ObjectStoreException(
                        settings + " does not answer (" + ask.method() + " " + ask.key() + "): " + reason(e), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ObjectStoreException("interrupted while " + settings + " was asked", e);
            }
            if (attempt == ATTEMPTS) {
                throw failure;
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private HttpRequest request(Ask ask, URI uri) throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(ask.patience()).method(ask.method(), ask.publisher());
        signature
                .sign(ask.method(), uri, Map.of(), ask.payload(), clock.instant())
                .forEach(request::header);
        return request.build();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void pause(Duration longest) throws IOException {
        try {
            Thread.sleep(longest.dividedBy(2).plusNanos((long) (jitter.nextDouble() * longest.toNanos() / 2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ObjectStoreException("interrupted while " + settings + " was asked", e);
        }
    }

    private ObjectStoreException error(HttpResponse<?> response, S3Problem problem, String what) {
        var region = response.headers().firstValue("x-amz-bucket-region").or(problem::region);
        return new ObjectStoreException(
                what + " " + settings + ": " + problem.sentence(response.statusCode(), region, settings));
    }

    private static void drain(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            body.readNBytes(LONGEST_ANSWER);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
