package dev.plimsoll.server.notify.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Sends requests by HTTP/1.1 over {@link GuardedSockets}: to checked addresses only, without
/// redirects, each over a connection of its own, with an end to everything: the time to connect,
/// the time of the whole exchange, the bytes of an answer. Safe for several threads.
///
/// A client of its own, because the JDK's looks hosts up by itself, so that the address it connects
/// to need not be the one that was checked. What it must do is little: one request, one answer, no
/// reuse, no pipelining, no cookies.
///
/// Messages of its exceptions name the host, never the path: a webhook's path is a credential.
public final class GuardedOutbound implements Outbound {

    /// To look a host up and to connect.
    public static final Duration CONNECT = Duration.ofSeconds(5);
    /// For the whole exchange.
    public static final Duration WHOLE = Duration.ofSeconds(20);

    private final GuardedSockets sockets;
    private final String agent;
    private final Duration connect;
    private final Duration whole;

    /// @param agent how the service calls itself, `plimsoll/0.1`
    public GuardedOutbound(GuardedSockets sockets, String agent) {
        this(sockets, agent, CONNECT, WHOLE);
    }

    GuardedOutbound(GuardedSockets sockets, String agent, Duration connect, Duration whole) {
        this.sockets = sockets;
        this.agent = agent;
        this.connect = connect;
        this.whole = whole;
    }

    @Override
    public Answer send(HttpRequest request) throws IOException {
        var uri = checked(request.uri());
        var bytes = RequestBytes.of(request, agent);
        var most = request.timeout().filter(own -> own.compareTo(whole) < 0).orElse(whole);
        var exchange = new Exchange(uri, bytes);
        var answer = new CompletableFuture<Answer>();
        Thread.ofVirtual().name("outbound").start(() -> exchange.run(answer));
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new SocketTimeoutException(uri.getHost() + " did not answer within " + most.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException("the request to " + uri.getHost() + " failed", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + uri.getHost() + " was asked");
        } finally {
            exchange.end();
        }
    }

    private static URI checked(URI uri) throws OutboundRefusedException {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new OutboundRefusedException("nothing is sent by '" + scheme + "': use an https address");
        }
        if (uri.getHost() == null) {
            throw new OutboundRefusedException(
                    "the address has no host that is a name: write names of other scripts in their xn-- form");
        }
        if (uri.getRawUserInfo() != null) {
            throw new OutboundRefusedException(
                    "the address of " + uri.getHost() + " holds a user name: credentials have settings of their own");
        }
        return uri;
    }

    /// One request and its answer, which may be ended at any time.
    private final class Exchange {

        private final URI uri;
        private final byte[] request;
        private boolean ended;
        private Socket socket = new Socket();

        Exchange(URI uri, byte[] request) {
            this.uri = uri;
            this.request = request;
        }

        void run(CompletableFuture<Answer> answer) {
            try {
                answer.complete(exchange());
            } catch (SSLException e) {
                answer.completeExceptionally(
                        new IOException("no trusted connection to " + uri.getHost() + ": " + e.getMessage(), e));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        private Answer exchange() throws IOException {
            boolean secured = uri.getScheme().equalsIgnoreCase("https");
            int standard = secured ? 443 : 80;
            int port = uri.getPort() < 0 ? standard : uri.getPort();
            var plain = sockets.connect(uri.getHost(), port, connect, this::opened);
            try (var connection = secured ? sockets.secure(plain, uri.getHost(), port) : plain) {
                IOException unsent = null;
                try {
                    connection.getOutputStream().write(request);
                    connection.getOutputStream().flush();
                } catch (IOException e) {
                    unsent = e; // who refuses a request may answer before it is read, and close
                }
                var read = new AnswerReader(new BufferedInputStream(connection.getInputStream()), ANSWER_LIMIT).read();
                if (unsent != null && read.status() < 400) {
                    throw unsent;
                }
                return new Answer(read.status(), read.headers(), read.body());
            }
        }

        private synchronized void opened(Socket opened) {
            socket = opened;
            if (ended) {
                end();
            }
        }

        /// Closes the connection, whatever it waits for.
        synchronized void end() {
            ended = true;
            try {
                socket.close();
            } catch (IOException _) {
                // it ends all the same
            }
        }
    }
}
