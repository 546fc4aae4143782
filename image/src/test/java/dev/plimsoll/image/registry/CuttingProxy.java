package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server, and ends the connection before the end of each answer with a whole blob.
final class CuttingProxy implements AutoCloseable {

    /// In bytes.
    private static final int MISSING = 50;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final AtomicInteger cuts = new AtomicInteger();

    /// @param host `127.0.0.1:port`
    CuttingProxy(String host) throws IOException {
        this.port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String host() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    /// One request for each connection, which is all that a test needs.
    private void serve(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var buffer = new byte[1 << 16];
            var count = client.getInputStream().read(buffer);
            var request = new String(buffer, 0, Math.max(count, 0), StandardCharsets.ISO_8859_1);
            server.getOutputStream()
                    .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            var answer = server.getInputStream().readAllBytes();
            var cut = request.contains("/blobs/") && !request.contains("Range:");
            if (cut) {
                cuts.incrementAndGet();
            }
            client.getOutputStream().write(answer, 0, cut ? answer.length - MISSING : answer.length);
        } catch (IOException _) {
            // the client has seen enough
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
