package dev.plimsoll.image.daemon;

import dev.plimsoll.image.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/// A connection to a daemon, every read of which ends in time: the channel does not block, and under TLS each raw
/// byte is waited for with the same patience. For one thread.
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private Patience patience;
    private InputStream input = new ChannelInput();
    private OutputStream output = new ChannelOutput();

    private Connection(SocketChannel channel, Patience patience) throws IOException {
        this.channel = channel;
        this.patience = patience;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    /// @throws IOException when nobody listens, we may not, or the handshake fails
    static Connection open(Endpoint endpoint, DaemonLimits limits) throws IOException {
        var patience = Patience.within(limits.connect());
        var connection = new Connection(
                switch (endpoint) {
                    case Endpoint.UnixSocket _ -> SocketChannel.open(StandardProtocolFamily.UNIX);
                    case Endpoint.Tcp _ -> SocketChannel.open();
                },
                patience);
        try {
            connection.connect(address(endpoint));
            if (endpoint instanceof Endpoint.Tcp tcp && tcp.tls().isPresent()) {
                connection.startTls(tcp, tcp.tls().get());
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static SocketAddress address(Endpoint endpoint) throws IOException {
        return switch (endpoint) {
            case Endpoint.UnixSocket(var path) -> {
                try {
                    yield UnixDomainSocketAddress.of(path);
                } catch (IllegalArgumentException e) {
                    throw new SocketException("the path is too long for a socket");
                }
            }
            case Endpoint.Tcp tcp -> {
                var address = new InetSocketAddress(tcp.host(), tcp.port());
                if (address.isUnresolved()) {
                    throw new UnknownHostException("the host is unknown");
                }
                yield address;
            }
        };
    }

    private void connect(SocketAddress address) throws IOException {
        if (!channel.connect(address)) {
            do {
                await(SelectionKey.OP_CONNECT);
            } while (!channel.finishConnect());
        }
    }

    private void startTls(Endpoint.Tcp tcp, TlsFiles files) throws IOException {
        var factory = files.context().getSocketFactory();
        var socket = (SSLSocket)
                factory.createSocket(new StreamSocket(channel.socket(), input, output), tcp.host(), tcp.port(), true);
        if (files.verify()) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        input = socket.getInputStream();
        output = socket.getOutputStream();
    }

    /// How long to wait from now on.
    void patience(Patience next) {
        patience = next;
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    @Override
    public void close() throws IOException {
        try (channel;
                selector) {
            // both are closed, whatever happens to one of them
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        var start = System.nanoTime();
        var ready = selector.select(patience.mostMillis());
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new SocketException("the waiting was given up");
        }
        patience.waited(System.nanoTime() - start, ready > 0);
    }

    private final class ChannelInput extends BulkInputStream {

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            var count = channel.read(buffer);
            while (count == 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(buffer);
            }
            if (count > 0) {
                patience.received(count);
            }
            return count;
        }
    }

    private final class ChannelOutput extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                if (channel.write(buffer) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        }
    }
}
