package dev.plimsoll.server.notify.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Writes a request down as it goes over the wire: one request, one answer, then the connection
/// ends.
///
/// Source: RFC 9112, sections 3 (request line), 3.2 (Host), 6.2 (Content-Length).
final class RequestBytes {

    /// Of a body, in bytes; channels send far less.
    static final int MOST_BODY = 1 << 20;

    private RequestBytes() {}

    static byte[] of(HttpRequest request, String agent) throws IOException {
        var uri = URI.create(request.uri().toASCIIString());
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        var head = new StringBuilder();
        head.append(request.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("host: ").append(uri.getHost());
        if (uri.getPort() >= 0) {
            head.append(':').append(uri.getPort());
        }
        head.append("\r\nconnection: close\r\naccept-encoding: identity\r\n");
        if (request.headers().firstValue("user-agent").isEmpty()) {
            head.append("user-agent: ").append(agent).append("\r\n");
        }
        var body = body(request);
        if (request.bodyPublisher().isPresent()) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        for (var header : request.headers().map().entrySet()) {
            for (var value : header.getValue()) {
                head.append(header.getKey()).append(": ").append(value).append("\r\n");
            }
        }
        head.append("\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.write(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.write(body);
        return bytes.toByteArray();
    }

    private static byte[] body(HttpRequest request) throws IOException {
        var publisher = request.bodyPublisher();
        if (publisher.isEmpty() || publisher.get().contentLength() == 0) {
            return new byte[0];
        }
        var collected = new Collected();
        publisher.get().subscribe(collected);
        try {
            return collected.whole.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the body of the request cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The body's bytes, which are in memory already.
    private static final class Collected implements Flow.Subscriber<ByteBuffer> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            var part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
            if (bytes.size() > MOST_BODY) {
                whole.completeExceptionally(new IOException("a body over " + MOST_BODY + " bytes"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
