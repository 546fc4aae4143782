package dev.plimsoll.server.notify.outbound;

import java.net.InetAddress;
import java.util.Optional;

/// A range of addresses as CIDR writes it: `10.0.0.0/8`, `fc00::/7`; an address alone is the range
/// of itself. Texts are read as addresses only, never looked up.
///
/// Source: RFC 4632, section 3.1; RFC 4291, section 2.3.
final class AddressRange {

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// @throws IllegalArgumentException where it is no range; for constants
    static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no range of addresses"));
    }

    /// @return empty where it is no range
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        byte[] address;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        int most = address.length * 8;
        if (slash < 0) {
            return Optional.of(new AddressRange(address, most));
        }
        try {
            int bits = Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most ? Optional.empty() : Optional.of(new AddressRange(address, bits));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
