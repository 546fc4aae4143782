package dev.plimsoll.server;

import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.monitoring.Logs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// A short life of the service, so that the ahead-of-time cache holds what every start needs and most requests use.
final class Training {

    /// Looks for the verdict, a tenth of a second apart.
    private static final int LOOKS = 300;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String key;

    private Training(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /// @param arguments the folder of the project, and one for what is of no use afterwards
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logs.configure(false, "warn");
        var configuration = Configuration.of(
                Map.of("data-folder", Path.of(arguments[1]).resolve("data").toString(), "port", "0"),
                Map.of(),
                Optional.empty());
        var storage = Storage.open(configuration, Map.of());
        try (var service = Service.start(configuration, storage, Map.of(), InstantSource.system())) {
            new Training(
                            "http://127.0.0.1:" + service.port(),
                            service.firstKey().orElseThrow())
                    .ask(Path.of(arguments[0]).resolve("examples/storefront.tar"));
        }
        System.exit(0);
    }

    private void ask(Path example) throws IOException, InterruptedException {
        for (var path : new String[] {"/readyz", "/metrics", "/api/v1/me", "/api/v1/images", "/api/v1/openapi.json"}) {
            send(request(path).GET());
        }
        var inventory = new ByteArrayOutputStream();
        try (var image = Images.open("docker-archive:" + example, OpenOptions.defaults())) {
            InventoryWriter.write(ImageScanner.scan(image, ScanOptions.defaults()), inventory);
        }
        var name = "registry.example/shop/storefront:1.4";
        send(request("/api/v1/images/inventory?name=" + name)
                .POST(BodyPublishers.ofByteArray(inventory.toByteArray())));
        for (int i = 0; i < LOOKS; i++) {
            if (send(request("/api/v1/check?reference=" + name).GET()) == 200) {
                break;
            }
            Thread.sleep(PAUSE);
        }
        send(request("/api/v1/images").GET());
        send(request("/api/v1/tags").GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("authorization", "Bearer " + key);
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray()).statusCode();
    }
}
