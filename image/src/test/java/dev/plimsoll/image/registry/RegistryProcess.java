package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.TimeUnit;

/// A real registry on a free port of the loopback address, which runs until it is closed.
final class RegistryProcess implements AutoCloseable {

    private final Process process;
    private final String host;

    private RegistryProcess(Process process, String host) {
        this.process = process;
        this.host = host;
    }

    /// Debian's docker-registry.
    ///
    /// @param folder for its data, configuration and log
    /// @param more of its configuration; what is indented more belongs to `http`
    static RegistryProcess docker(Path folder, String more) throws Exception {
        var port = freePort();
        var configuration = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: " + folder.resolve("data")
                        + "}\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + more);
        return start(port, folder.resolve("docker-registry.log"), "docker-registry", "serve", configuration.toString());
    }

    /// The registry in crane.
    ///
    /// @param folder for its log
    static RegistryProcess crane(Path folder) throws Exception {
        var port = freePort();
        return start(port, folder.resolve("crane.log"), "crane", "registry", "serve", "--address", "127.0.0.1:" + port);
    }

    private static RegistryProcess start(int port, Path log, String... command)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var registry = new RegistryProcess(process, "127.0.0.1:" + port);
        try {
            await(port);
        } catch (IOException | InterruptedException e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(int port) throws IOException, InterruptedException {
        for (var attempt = 0; attempt < 300; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException _) {
                Thread.sleep(100);
            }
        }
        throw new IOException("nothing listens on port " + port);
    }

    /// `address:port`.
    String host() {
        return host;
    }

    /// Puts a manifest or index as it is.
    ///
    /// @param reference a tag or a digest
    void put(String repository, String reference, String mediaType, String document) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + host + "/v2/" + repository + "/manifests/" + reference))
                    .header("Content-Type", mediaType)
                    .PUT(HttpRequest.BodyPublishers.ofString(document))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }
}
