package dev.plimsoll.image.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A daemon on a Unix socket that answers what a test wants, lawful or not.
public final class FakeDaemon implements AutoCloseable {

    public static final String VERSION = "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\",\"Components\":[]}";

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// What a path is answered with.
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    public FakeDaemon(Path folder) throws IOException {
        socket = folder.resolve("d.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        on("/version", json(VERSION));
        Thread.ofVirtual().start(this::serve);
    }

    public FakeDaemon on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /// An answer as an engine gives it.
    public static Answer json(String text) {
        return raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + text.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + text);
    }

    public static Answer archive(byte[] tar) {
        return out -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(tar.length) + "\r\n"));
            out.write(tar);
            out.write(bytes("\r\n0\r\n\r\n"));
        };
    }

    public static Answer raw(String text) {
        return out -> out.write(bytes(text));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Path socket() {
        return socket;
    }

    public String host() {
        return "unix://" + socket;
    }

    /// The paths that were asked for, in order.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) {
        try (connection) {
            var reader = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.US_ASCII));
            var first = String.valueOf(reader.readLine()).split(" ");
            while (!String.valueOf(reader.readLine()).isEmpty()) {
                // passes over the headers
            }
            asked.add(first[1]);
            answers.getOrDefault(
                            first[1],
                            raw("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n"
                                    + "{\"message\":\"no such\"}"))
                    .write(Channels.newOutputStream(connection));
        } catch (IOException _) {
            // the client had enough
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
