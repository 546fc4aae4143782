package dev.plimsoll.image.registry;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses, `10.0.0.0/8`.
///
/// Source: RFC 4632.
///
/// @param bits how many of the first must be the same
record Network(InetAddress address, int bits) {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static Optional<Network> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !isAddress(text.substring(0, slash))) {
            return Optional.empty();
        }
        try {
            var bits = Integer.parseInt(text.substring(slash + 1));
            var address = InetAddress.ofLiteral(text.substring(0, slash));
            var all = address.getAddress().length * Byte.SIZE;
            return bits >= 0 && bits <= all ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether a host is written as an address; nobody needs to be asked for it then.
    static boolean isAddress(String host) {
        return LITERAL.matcher(host).matches();
    }

    static boolean isLoopback(String literal) {
        try {
            return Reach.of(InetAddress.ofLiteral(literal)) == Reach.LOOPBACK;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    boolean contains(String host) {
        if (!isAddress(host)) {
            return false;
        }
        try {
            var own = address.getAddress();
            var other = InetAddress.ofLiteral(host).getAddress();
            if (own.length != other.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % Byte.SIZE);
                if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
