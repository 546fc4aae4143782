package dev.plimsoll.server.notify.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tells addresses of the public internet from those that lead into the house: the machine itself,
/// private networks, a cloud's metadata service. An IPv6 address that carries an IPv4 one is judged
/// by the one that it carries.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890); RFC 6052, section 2.1;
/// RFC 3056.
final class SpecialAddresses {

    private record Range(AddressRange range, String what) {

        static Range of(String range, String what) {
            return new Range(AddressRange.of(range), what);
        }
    }

    private static final List<Range> IPV4 = List.of(
            Range.of("0.0.0.0/8", "unspecified"),
            Range.of("10.0.0.0/8", "private"),
            Range.of("100.64.0.0/10", "shared by a carrier"),
            Range.of("127.0.0.0/8", "loopback"),
            Range.of("169.254.0.0/16", "link-local, where clouds keep their metadata"),
            Range.of("172.16.0.0/12", "private"),
            Range.of("192.0.0.0/24", "reserved"),
            Range.of("192.0.2.0/24", "for documentation"),
            Range.of("192.88.99.0/24", "of a relay"),
            Range.of("192.168.0.0/16", "private"),
            Range.of("198.18.0.0/15", "for measurements"),
            Range.of("198.51.100.0/24", "for documentation"),
            Range.of("203.0.113.0/24", "for documentation"),
            Range.of("224.0.0.0/4", "multicast"),
            Range.of("240.0.0.0/4", "reserved"));

    private static final List<Range> IPV6 = List.of(
            Range.of("::/128", "unspecified"),
            Range.of("::1/128", "loopback"),
            Range.of("fc00::/7", "private"),
            Range.of("fe80::/10", "link-local"),
            Range.of("fec0::/10", "site-local"),
            Range.of("ff00::/8", "multicast"),
            Range.of("64:ff9b:1::/48", "of a local translator"),
            Range.of("2001::/23", "of a tunnel or reserved"),
            Range.of("2001:db8::/32", "for documentation"),
            Range.of("2002::/16", "of a tunnel (6to4)"),
            Range.of("3fff::/20", "for documentation"));

    private static final AddressRange MAPPED = AddressRange.of("0:0:0:0:0:0:0:0/80");
    private static final AddressRange TRANSLATED = AddressRange.of("64:ff9b::/96");
    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");

    private SpecialAddresses() {}

    /// @param address of 4 or 16 bytes
    /// @return what the address is that one should not be sent to; empty where it is public
    static Optional<String> describe(byte[] address) {
        if (address.length == 4) {
            return first(IPV4, address);
        }
        var special = first(IPV6, address);
        if (special.isPresent()) {
            return special;
        }
        if (TRANSLATED.contains(address)) {
            return first(IPV4, Arrays.copyOfRange(address, 12, 16)).map(what -> what + ", behind a translator");
        }
        if (MAPPED.contains(address)) {
            return Optional.of("an IPv4 address in the form of an IPv6 one");
        }
        return GLOBAL.contains(address) ? Optional.empty() : Optional.of("outside of the public range of IPv6");
    }

    private static Optional<String> first(List<Range> ranges, byte[] address) {
        for (var range : ranges) {
            if (range.range.contains(address)) {
                return Optional.of(range.what);
            }
        }
        return Optional.empty();
    }
}
