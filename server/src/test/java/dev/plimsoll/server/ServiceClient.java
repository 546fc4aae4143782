package dev.plimsoll.server;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.server.images.ImagesFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Somebody who asks a running service over the network.
record ServiceClient(HttpClient client, int port, String key) {

    ServiceClient(int port, String key) {
        this(HttpClient.newHttpClient(), port, key);
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return client.send(request(target).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
        return client.send(request(target).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + key);
    }

    /// An image of that number: its facts, named by `registry.example/team/appNUMBER:1`.
    HttpResponse<String> push(int number) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(ImagesFixtures.inventory(Digest.sha256("%064x".formatted(number)), List.of()), out);
        return client.send(
                request("/api/v1/images/inventory?name=" + name(number))
                        .POST(BodyPublishers.ofByteArray(out.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
    }

    static String name(int number) {
        return "registry.example/team/app" + number + ":1";
    }

    static String digest(int number) {
        return "sha256:" + "%064x".formatted(number);
    }

    /// The sum of a metric's samples whose labels hold that text.
    long metric(String name, String labels) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(labels))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Whether the metrics have that line.
    boolean has(String line) {
        try {
            return get("/metrics").body().lines().anyMatch(line::equals);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until something holds; the test's time limit guards against waiting for ever.
    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(50);
        }
    }
}
