package dev.plimsoll.server.objects;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real server that speaks S3 and verifies signatures, over a folder: versitygw, where it is
/// installed.
final class VersityGateway implements AutoCloseable {

    private static final String BUCKET = "real-box";

    private final Process process;
    private final int port;

    private VersityGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    private static Optional<Path> program() {
        var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
        folders.add(System.getProperty("user.home") + "/go/bin");
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "versitygw"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @return empty, loudly, where it is not installed
    static Optional<VersityGateway> start(Path folder) throws IOException {
        var program = program();
        if (program.isEmpty()) {
            System.err.println("SKIPPED: objects in a real S3 server: versitygw is not installed");
            return Optional.empty();
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.createDirectories(folder.resolve("root").resolve(BUCKET));
        Files.createDirectories(folder.resolve("meta"));
        var process = new ProcessBuilder(
                        program.get().toString(),
                        "--port",
                        "127.0.0.1:" + port,
                        "--access",
                        "us",
                        "--secret",
                        "a-secret-of-tests",
                        "--quiet",
                        "posix",
                        "--sidecar",
                        folder.resolve("meta").toString(),
                        folder.resolve("root").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (var i = 0; i < 200 && process.isAlive(); i++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return Optional.of(new VersityGateway(process, port));
            } catch (IOException _) {
                pause();
            }
        }
        process.destroyForcibly();
        throw new IOException("versitygw does not start: " + Files.readString(folder.resolve("log")));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    S3Settings settings(String secret) {
        return S3Settings.of(
                "s3://" + BUCKET + "/objects?endpoint=http://127.0.0.1:" + port,
                Map.of("AWS_ACCESS_KEY_ID", "us", "AWS_SECRET_ACCESS_KEY", secret));
    }

    S3Settings settings() {
        return settings("a-secret-of-tests");
    }

    @Override
    public void close() {
        Stream.of(process).forEach(Process::destroyForcibly);
    }
}
