package dev.plimsoll.server.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A bucket in memory that checks the signature and the digest of every request by a computation of its
/// own, pages its lists, and fails on demand.
final class S3StandIn implements AutoCloseable {

    static final String BUCKET = "box";
    static final String SECRET = "hush";

    /// What goes wrong with the next request instead of an answer.
    sealed interface Fault {
        /// An answer as S3 gives it.
        record Answer(int status, String code, Map<String, String> headers) implements Fault {}

        /// The body ends early and the connection with it.
        record Cut() implements Fault {}

        /// The body stops in its middle and nothing more comes.
        record Stall() implements Fault {}

        /// The connection is closed without an answer.
        record HangUp() implements Fault {}
    }

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    S3StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    S3Settings settings(String prefix) {
        return S3Settings.of(
                "s3://" + BUCKET + prefix + "?endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort(),
                Map.of("AWS_ACCESS_KEY_ID", "us", "AWS_SECRET_ACCESS_KEY", SECRET));
    }

    Map<String, byte[]> objects() {
        return objects;
    }

    /// Method and target of each request that came, signed or not.
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized void fail(int times, Fault fault) {
        for (var i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    synchronized void now(Instant time) {
        now = time;
    }

    private synchronized Optional<Fault> next(HttpExchange exchange) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        return Optional.ofNullable(faults.poll());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var fault = next(exchange).orElse(null);
            exchange.getResponseHeaders()
                    .set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            switch (fault) {
                case Fault.HangUp _ -> {}
                case Fault.Answer(var status, var code, var headers) -> {
                    headers.forEach(
                            (name, value) -> exchange.getResponseHeaders().set(name, value));
                    error(exchange, status, code);
                }
                case null -> answer(exchange, body, false, false);
                case Fault.Cut _ -> answer(exchange, body, true, false);
                case Fault.Stall _ -> answer(exchange, body, true, true);
            }
        }
    }

    private void answer(HttpExchange exchange, byte[] body, boolean cut, boolean stall) throws IOException {
        var problem = problem(exchange, body);
        if (problem.isPresent()) {
            error(exchange, 403, problem.get());
            return;
        }
        var path = exchange.getRequestURI().getPath();
        if (!path.equals("/" + BUCKET) && !path.startsWith("/" + BUCKET + "/")) {
            error(exchange, 404, "NoSuchBucket");
            return;
        }
        var key = path.length() <= BUCKET.length() + 2 ? "" : path.substring(BUCKET.length() + 2);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(key, body);
                exchange.sendResponseHeaders(200, -1);
            }
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> {
                var found = key.isEmpty() ? list(query(exchange)) : objects.get(key);
                if (found == null) {
                    error(exchange, 404, "NoSuchKey");
                } else if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseHeaders().set("Content-Length", Integer.toString(found.length));
                    exchange.sendResponseHeaders(200, -1);
                } else {
                    exchange.sendResponseHeaders(200, found.length);
                    exchange.getResponseBody().write(found, 0, cut ? found.length / 2 : found.length);
                    exchange.getResponseBody().flush();
                    if (stall) {
                        pause();
                    }
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] list(Map<String, String> query) {
        var most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        var keys = objects.keySet().stream()
                .filter(key -> key.startsWith(query.getOrDefault("prefix", "")))
                .filter(key -> key.compareTo(query.getOrDefault("continuation-token", "")) > 0)
                .toList();
        var page = keys.subList(0, Math.min(most, keys.size()));
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + page.stream()
                                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                                .collect(Collectors.joining())
                        + "<IsTruncated>" + (page.size() < keys.size()) + "</IsTruncated>"
                        + (page.size() < keys.size()
                                ? "<NextContinuationToken>" + page.getLast() + "</NextContinuationToken>"
                                : "")
                        + "</ListBucketResult>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        var text =
                ("<Error><Code>" + code + "</Code><Message>because</Message></Error>").getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> all = new TreeMap<>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&", -1)) {
            var sides = pair.split("=", 2);
            all.put(sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    /// @return the code of the error, empty where the request is as it should be
    private static Optional<String> problem(HttpExchange exchange, byte[] body) {
        var headers = exchange.getRequestHeaders();
        var authorization = headers.getFirst("Authorization");
        if (authorization == null || !authorization.matches("AWS4-HMAC-SHA256 Credential=us/.*")) {
            return Optional.of("AccessDenied");
        }
        if (!hex(sha256(body)).equals(headers.getFirst("X-Amz-Content-Sha256"))) {
            return Optional.of("XAmzContentSHA256Mismatch");
        }
        var names = authorization.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
        if (!List.of(names.split(";", -1)).containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))) {
            return Optional.of("AccessDenied");
        }
        var scope = authorization.replaceFirst(".*Credential=us/([^,]*),.*", "$1");
        var query = exchange.getRequestURI().getRawQuery();
        // the names and values that our client sends are encoded as the signature wants them; what is left is the order
        var sorted = query == null
                ? ""
                : java.util.Arrays.stream(query.split("&", -1)).sorted().collect(Collectors.joining("&"));
        var canonical = new StringBuilder(
                exchange.getRequestMethod() + "\n" + exchange.getRequestURI().getRawPath() + "\n" + sorted + "\n");
        for (var name : names.split(";", -1)) {
            canonical.append(name).append(':').append(headers.getFirst(name)).append('\n');
        }
        canonical.append('\n').append(names).append('\n').append(headers.getFirst("X-Amz-Content-Sha256"));
        var key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        var text = "AWS4-HMAC-SHA256\n" + headers.getFirst("X-Amz-Date") + "\n" + scope + "\n"
                + hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        return authorization.endsWith("Signature=" + hex(hmac(key, text)))
                ? Optional.empty()
                : Optional.of("SignatureDoesNotMatch");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
