package dev.plimsoll.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server on loopback that answers connections as a test wants it, byte by byte.
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket socket) {
        this.socket = socket;
    }

    /// What is done with a connection; it is closed afterwards.
    @FunctionalInterface
    public interface Script {
        void run(Socket connection) throws Exception;
    }

    /// What is answered to an HTTP request, of which the whole text is given.
    @FunctionalInterface
    public interface HttpScript {
        void answer(String request, OutputStream out) throws Exception;
    }

    public static ScriptedServer start(Script script) throws IOException {
        return start(null, script);
    }

    /// @param tls none: without
    public static ScriptedServer start(@Nullable SSLContext tls, Script script) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var server = new ScriptedServer(
                tls == null
                        ? new ServerSocket(0, 50, loopback)
                        : tls.getServerSocketFactory().createServerSocket(0, 50, loopback));
        Thread.ofVirtual().start(() -> server.accept(script));
        return server;
    }

    public static ScriptedServer http(@Nullable SSLContext tls, HttpScript script) throws IOException {
        var asked = new CopyOnWriteArrayList<ScriptedServer>();
        var server = start(tls, connection -> {
            var request = request(connection.getInputStream());
            asked.getFirst().requests.add(request);
            script.answer(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        });
        asked.add(server);
        return server;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// The HTTP requests that came, whole.
    public List<String> requests() {
        return requests;
    }

    private void accept(Script script) {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> run(script, connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void run(Script script, Socket connection) {
        try (connection) {
            script.run(connection);
        } catch (Exception _) {
            // the other side went away: what the test sees is at that side
        }
    }

    /// Head and body, by its content-length.
    private static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("no whole request");
            }
            bytes.write(read);
        }
        var head = bytes.toString(StandardCharsets.UTF_8);
        var length = Pattern.compile("(?im)^content-length: ([0-9]+)").matcher(head);
        return length.find()
                ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : head;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection : open) {
            connection.close();
        }
    }
}
