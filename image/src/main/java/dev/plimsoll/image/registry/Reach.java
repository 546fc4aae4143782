package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// From where an address can be reached.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
enum Reach {
    /// This machine.
    LOOPBACK,
    /// Its neighbours on the wire; clouds keep their metadata service there.
    LINK_LOCAL,
    /// A network that is not the public one.
    PRIVATE,
    PUBLIC;

    /// Of all addresses of a host.
    ///
    /// @throws IOException when the host has no address
    static Set<Reach> of(String host, Machine.Names names) throws IOException {
        var reach = EnumSet.noneOf(Reach.class);
        for (var address : names.addresses(Endpoint.withoutBrackets(host))) {
            reach.add(of(address));
        }
        return reach;
    }

    static Reach of(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        if (address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return PRIVATE;
        }
        var bytes = address.getAddress();
        return address instanceof Inet4Address ? ofVersion4(bytes) : ofVersion6(bytes);
    }

    private static Reach ofVersion4(byte[] bytes) {
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        var isPrivate = first == 0 // this network
                || (first == 100 && second >= 64 && second < 128) // shared by customers of a provider
                || (first == 192 && second == 0 && bytes[2] == 0) // protocols
                || (first == 198 && (second == 18 || second == 19)) // benchmarks
                || first >= 240; // reserved
        return isPrivate ? PRIVATE : PUBLIC;
    }

    /// Some addresses of version 6 are a way to one of version 4.
    private static Reach ofVersion6(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return PRIVATE;
        }
        var translated = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        var compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
        if (translated || compatible) {
            return ofEmbedded(bytes, 12);
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? ofEmbedded(bytes, 2) : PUBLIC;
    }

    private static Reach ofEmbedded(byte[] bytes, int from) {
        try {
            return of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
