package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a daemon listens.
public sealed interface Endpoint {

    /// By docker's convention, without and with TLS.
    int PLAIN_PORT = 2375;

    /// See `PLAIN_PORT`.
    int TLS_PORT = 2376;

    /// A socket in the file system.
    record UnixSocket(Path path) implements Endpoint {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /// A port of a host.
    ///
    /// @param tls empty for a connection that anybody may read
    record Tcp(String host, int port, Optional<TlsFiles> tls) implements Endpoint {
        @Override
        public String toString() {
            return "tcp://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /// Reads what docker's and Podman's variables hold: `unix:///path` or `tcp://host:port`.
    ///
    /// @param named who says so, for messages: `DOCKER_HOST`
    /// @param tls for TCP
    /// @throws ImageException when the text is something else
    static Endpoint parse(String text, String named, Optional<TlsFiles> tls) throws ImageException {
        var scheme = text.indexOf("://");
        return switch (scheme < 0 ? "" : text.substring(0, scheme)) {
            case "unix" -> unixSocket(text.substring(scheme + 3), text, named);
            case "tcp" -> tcp(text, named, tls);
            case "npipe" ->
                throw refused(
                        named, text, "Windows' named pipes are not read; let the engine listen on tcp:// with TLS");
            case "ssh" ->
                throw refused(
                        named,
                        text,
                        "ssh is not spoken; forward the socket (ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST)"
                                + " and name it: unix:///tmp/docker.sock");
            default -> throw refused(named, text, "write unix:///path/of/the.sock or tcp://host:port");
        };
    }

    private static Endpoint unixSocket(String path, String text, String named) throws ImageException {
        try {
            var socket = Path.of(path);
            if (socket.isAbsolute()) {
                return new UnixSocket(socket);
            }
        } catch (InvalidPathException _) {
            // told below
        }
        throw refused(named, text, "a socket's path begins with a slash: unix:///path/of/the.sock");
    }

    private static Endpoint tcp(String text, String named, Optional<TlsFiles> tls) throws ImageException {
        try {
            var uri = new URI(text);
            var host = uri.getHost();
            var more = uri.getUserInfo() != null
                    || uri.getQuery() != null
                    || uri.getFragment() != null
                    || !(uri.getPath().isEmpty() || uri.getPath().equals("/"));
            if (host != null && !more) {
                var port = uri.getPort() >= 0 ? uri.getPort() : tls.isPresent() ? TLS_PORT : PLAIN_PORT;
                var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                if (port > 0 && port < 1 << 16) {
                    return new Tcp(bare, port, tls);
                }
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw refused(named, text, "write tcp://host:port");
    }

    private static ImageException refused(String named, String text, String reason) {
        return new ImageException(Kind.NOT_FOUND, named + ": '" + text + "': " + reason);
    }
}
