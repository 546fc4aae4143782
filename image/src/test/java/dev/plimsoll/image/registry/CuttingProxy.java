package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server and ends each connection in the middle of the first long answer for a blob.
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final int most;
    private final AtomicInteger cuts = new AtomicInteger();

    /// @param host `127.0.0.1:port`
    /// @param most bytes of an answer for a blob, its head included
    CuttingProxy(String host, int most) throws IOException {
        this.port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
        this.most = most;
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
            var cut = request.contains("/blobs/") && answer.length > most;
            if (cut) {
                cuts.incrementAndGet();
            }
            client.getOutputStream().write(answer, 0, cut ? most : answer.length);
        } catch (IOException _) {
            // the client has seen enough
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
