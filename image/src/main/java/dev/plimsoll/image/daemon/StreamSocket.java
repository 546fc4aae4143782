package dev.plimsoll.image.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connected socket that reads and writes through streams of ours, for the JDK's TLS to be laid upon: its own
/// time-out starts anew with each byte, so one byte a minute would keep it waiting for ever.
final class StreamSocket extends Socket {

    private final Socket connected;
    private final InputStream input;
    private final OutputStream output;

    StreamSocket(Socket connected, InputStream input, OutputStream output) {
        this.connected = connected;
        this.input = input;
        this.output = output;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return connected.getInetAddress();
    }

    @Override
    public int getPort() {
        return connected.getPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return connected.getRemoteSocketAddress();
    }

    @Override
    public void close() throws IOException {
        connected.close();
    }
}
