package dev.plimsoll.server.notify;

import dev.plimsoll.server.notify.outbound.Outbound;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;

/// Goes anywhere, loopback above all. Requests time out soon, so that no test waits for one that hangs.
final class DirectOutbound implements Outbound {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Duration patience;

    DirectOutbound(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Answer send(HttpRequest request) throws IOException {
        var shorter = HttpRequest.newBuilder(request, (_, _) -> true)
                .timeout(patience)
                .build();
        try {
            var response = client.send(shorter, HttpResponse.BodyHandlers.ofByteArray());
            var headers = new HashMap<String, String>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            var body = response.body();
            return new Answer(
                    response.statusCode(),
                    headers,
                    new String(body, 0, Math.min(body.length, ANSWER_LIMIT), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
