package dev.plimsoll.server.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A receiver as Standard Webhooks describes one: it verifies the signature over the raw bytes, keeps
/// what it has accepted, and misbehaves on demand.
final class Receiver implements AutoCloseable {

    /// What it does with a request.
    sealed interface Behaviour {

        /// Answers so; 2xx accepts.
        record Answer(int status, Map<String, String> headers, String body) implements Behaviour {}

        /// Takes the request and says nothing.
        record Hang() implements Behaviour {}

        /// Accepts, then closes the connection without an answer.
        record CloseAfterBody() implements Behaviour {}
    }

    /// A request as it came.
    record Seen(String id, String timestamp, String signatures, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final byte[] key;
    private final IntFunction<Behaviour> behaviour;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger forged = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final List<Seen> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Receiver(HttpServer server, String secret, IntFunction<Behaviour> behaviour) {
        this.server = server;
        this.key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        this.behaviour = behaviour;
    }

    /// @param behaviour by the number of the request, from 1
    static Receiver start(String secret, IntFunction<Behaviour> behaviour) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var receiver = new Receiver(server, secret, behaviour);
        server.createContext("/", receiver::handle);
        server.start();
        return receiver;
    }

    static Behaviour status(int status) {
        return new Behaviour.Answer(status, Map.of(), status == 204 ? "" : "status " + status);
    }

    static Behaviour status(int status, String header, String value) {
        return new Behaviour.Answer(status, Map.of(header, value), "");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /// All requests with a good signature, in order.
    List<Seen> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /// Bodies that were accepted, by id.
    Map<String, String> accepted() {
        return Map.copyOf(accepted);
    }

    int forged() {
        return forged.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            var id = Optional.ofNullable(headers.getFirst("webhook-id")).orElse("");
            var timestamp =
                    Optional.ofNullable(headers.getFirst("webhook-timestamp")).orElse("");
            var signatures =
                    Optional.ofNullable(headers.getFirst("webhook-signature")).orElse("");
            if (!verify(id, timestamp, signatures, body)) {
                forged.incrementAndGet();
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var text = new String(body, StandardCharsets.UTF_8);
            requests.add(new Seen(
                    id,
                    timestamp,
                    signatures,
                    text,
                    Map.of(
                            "authorization",
                            Optional.ofNullable(headers.getFirst("authorization"))
                                    .orElse(""))));
            switch (behaviour.apply(count.incrementAndGet())) {
                case Behaviour.Answer(var status, var extra, var answer) -> {
                    if (status >= 200 && status < 300) {
                        accept(id, text);
                    }
                    extra.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                    var bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
                case Behaviour.Hang _ -> closed.await();
                case Behaviour.CloseAfterBody _ -> accept(id, text);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private void accept(String id, String body) {
        var before = accepted.put(id, body);
        if (before != null && !before.equals(body)) {
            throw new IllegalStateException("another body for " + id);
        }
    }

    private boolean verify(String id, String timestamp, String signatures, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            var expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return Arrays.asList(signatures.split(" ", -1)).contains(expected);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
