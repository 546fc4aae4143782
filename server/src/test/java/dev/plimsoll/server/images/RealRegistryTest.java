package dev.plimsoll.server.images;

import static dev.plimsoll.server.images.TestImages.alpine;
import static dev.plimsoll.server.images.TestImages.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ImageBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Debian's docker-registry, and its log of what it was asked.
@Timeout(120)
final class RealRegistryTest {

    private static final ImageBytes ONE = alpine("1.0-r0");
    private static final ImageBytes TWO = alpine("2.0-r0");

    @TempDir
    Path folder;

    private Process process;
    private String host;
    private Path log;

    @BeforeEach
    void start() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        host = "127.0.0.1:" + port;
        log = folder.resolve("registry.log");
        var configuration = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nlog: {level: info}\nstorage:\n  filesystem: {rootdirectory: " + folder.resolve("data")
                        + "}\nhttp:\n  addr: " + host + "\n");
        process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TestService.await(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException _) {
                return false;
            }
        });
    }

    @AfterEach
    void stop() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }

    private void push(String repository, String tag, ImageBytes image) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (var blob : image.blobs().values()) {
                var begun = client.send(
                        HttpRequest.newBuilder(URI.create("http://" + host + "/v2/" + repository + "/blobs/uploads/"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                var place = begun.headers().firstValue("location").orElseThrow();
                var whole = (place.startsWith("/") ? "http://" + host + place : place)
                        + (place.contains("?") ? "&" : "?") + "digest=" + ImageBytes.digest(blob);
                var put = client.send(
                        HttpRequest.newBuilder(URI.create(whole))
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                assertThat(put.statusCode()).isEqualTo(201);
            }
            var manifest = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + host + "/v2/" + repository + "/manifests/" + tag))
                            .header("Content-Type", ImageBytes.MANIFEST)
                            .PUT(HttpRequest.BodyPublishers.ofString(image.manifest()))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(manifest.statusCode()).isEqualTo(201);
        }
    }

    /// How often a layer was sent, by the registry's own word.
    private long layersSent() throws IOException {
        var layers = java.util.stream.Stream.of(ONE, TWO)
                .flatMap(image -> image.blobs().values().stream().limit(2))
                .map(ImageBytes::digest)
                .distinct()
                .toList();
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"GET /v2/"))
                    .filter(line -> layers.stream().anyMatch(layer -> line.contains("/blobs/" + layer)))
                    .count();
        }
    }

    @Test
    void pullsWhatItDoesNotKnowAndNothingElse() throws Exception {
        push("shop/app", "1", ONE);
        try (var service = new TestService(folder.resolve("service"))) {
            var body = "{\"reference\":\"" + host + "/shop/app:1\",\"watch_seconds\":60}";
            assertThat(service.analyze(body).string("state")).hasValue("done");
            TestService.await(() -> layers() == 2);
            push("shop/app", "latest", ONE);
            service.analyze("{\"reference\":\"" + host + "/shop/app\"}");
            service.analyze(body);
            service.watcher.turn();
            assertThat(service.image(digest(ONE)).strings("names"))
                    .containsExactly(host + "/shop/app:1", host + "/shop/app:latest");
            assertThat(layersSent()).isEqualTo(2);
            push("shop/app", "1", TWO);
            service.clock.advance(Duration.ofMinutes(2));
            service.watcher.turn();
            TestService.await(() -> service.texts("select kind from event where kind = 'tag_update'")
                            .size()
                    == 1);
            assertThat(service.image(digest(TWO)).strings("names")).containsExactly(host + "/shop/app:1");
            TestService.await(() -> layers() == 4);
        }
    }

    private long layers() {
        try {
            return layersSent();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
