package dev.plimsoll.server.notify.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The places in the house that messages may be sent to nevertheless, by the operator's setting;
/// never by a tenant. Immutable.
///
/// An entry is an address or a range (`10.1.0.0/16`, `fd00::/8`), a host by its name
/// (`jira.corp.example`), all hosts beneath a name (`*.corp.example`), or the word `private`:
/// loopback and the private ranges, link-local addresses and thus a cloud's metadata not among
/// them.
public final class AllowedPlaces {

    /// The default: the public internet alone.
    public static final AllowedPlaces NONE = new AllowedPlaces(List.of(), List.of());

    private static final List<AddressRange> PRIVATE = List.of(
            AddressRange.of("10.0.0.0/8"),
            AddressRange.of("172.16.0.0/12"),
            AddressRange.of("192.168.0.0/16"),
            AddressRange.of("127.0.0.0/8"),
            AddressRange.of("::1/128"),
            AddressRange.of("fc00::/7"));

    private final List<AddressRange> ranges;
    private final List<String> hosts;

    private AllowedPlaces(List<AddressRange> ranges, List<String> hosts) {
        this.ranges = List.copyOf(ranges);
        this.hosts = List.copyOf(hosts);
    }

    /// @throws IllegalArgumentException where an entry is none of the forms; the message names it
    public static AllowedPlaces of(List<String> entries) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (var entry : entries) {
            var text = entry.strip().toLowerCase(Locale.ROOT);
            var range = AddressRange.parse(text);
            if (text.equals("private")) {
                ranges.addAll(PRIVATE);
            } else if (range.isPresent()) {
                ranges.add(range.get());
            } else if (text.matches("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*\\.?)*") && !text.matches("[0-9./]+")) {
                hosts.add(text);
            } else {
                throw new IllegalArgumentException("'" + entry
                        + "' is neither an address, a range (10.1.0.0/16), a host, *.host nor the word private");
            }
        }
        return new AllowedPlaces(ranges, hosts);
    }

    boolean allows(String host, InetAddress address) {
        var name = host.toLowerCase(Locale.ROOT);
        for (var allowed : hosts) {
            if (allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed)) {
                return true;
            }
        }
        var bytes = address.getAddress();
        for (var range : ranges) {
            if (range.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
