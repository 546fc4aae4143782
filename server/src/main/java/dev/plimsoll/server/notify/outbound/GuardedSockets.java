package dev.plimsoll.server.notify.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// Opens connections to places that tenants name, and to no place in the house: a host is looked up
/// once, its addresses are checked, and a checked address is connected to, so that a second answer
/// of the name server changes nothing. For HTTP and for SMTP. Safe for several threads.
///
/// The JDK's HTTP client looks a host up itself, after any check; this is why it is not used here.
public final class GuardedSockets {

    private final AllowedPlaces allowed;
    private final Resolver resolver;
    private final SSLContext tls;

    /// @param tls whom to trust
    public GuardedSockets(AllowedPlaces allowed, Resolver resolver, SSLContext tls) {
        this.allowed = allowed;
        this.resolver = resolver;
        this.tls = tls;
    }

    public SSLContext tls() {
        return tls;
    }

    /// Connects without TLS.
    ///
    /// @param opened is given the socket before it connects, so that somebody else may close it
    /// @throws OutboundRefusedException where the host has no address that may be asked
    /// @throws IOException where it has none at all, or none answers
    public Socket connect(String host, int port, Duration atMost, Consumer<Socket> opened) throws IOException {
        var end = System.nanoTime() + atMost.toNanos();
        IOException failure = new IOException(host + " has no address");
        for (var address : checked(host, atMost)) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            var socket = new Socket();
            opened.accept(socket);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), (int) left);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = new IOException(
                        "no connection to " + host + " port " + port + " (" + address.getHostAddress() + "): "
                                + e.getMessage(),
                        e);
            }
        }
        throw failure;
    }

    /// Speaks TLS over a connection, and lets the other side prove that it is that host.
    ///
    /// @throws SSLException where it cannot prove it
    public SSLSocket secure(Socket socket, String host, int port) throws IOException {
        var name = bare(host);
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, name, port, true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (AddressRange.parse(name).isEmpty()) {
            try {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            } catch (IllegalArgumentException _) {
                throw new SSLException(host + " is no name that a certificate could be for");
            }
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private List<InetAddress> checked(String host, Duration atMost) throws IOException {
        var name = bare(host);
        List<InetAddress> fine = new ArrayList<>();
        var refused = "";
        for (var address : resolver.resolve(name, atMost)) {
            var special = SpecialAddresses.describe(address.getAddress());
            if (special.isEmpty() || allowed.allows(name, address)) {
                // with the name that it was asked for by, so that nobody looks one up for it
                fine.add(InetAddress.getByAddress(name, address.getAddress()));
            } else if (refused.isEmpty()) {
                refused = address.getHostAddress() + ", which is " + special.get();
            }
        }
        if (fine.isEmpty() && !refused.isEmpty()) {
            throw new OutboundRefusedException("nothing is sent to " + host + ": its address is " + refused
                    + ". The operator may allow it by --private-destinations");
        }
        return fine;
    }

    /// Without the brackets of an IPv6 address and the dot of a full name.
    private static String bare(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
