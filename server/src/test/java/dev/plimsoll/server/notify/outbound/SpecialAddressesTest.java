package dev.plimsoll.server.notify.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001:0:1::1",
                "2001:db8::1",
                "64:ff9b:1::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b::10.0.0.1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "100::1",
                "5f00::1",
                "3fff::1",
                "4000::1"
            })
    void anAddressOfTheHouseIsTold(String address) {
        assertThat(SpecialAddresses.describe(InetAddress.ofLiteral(address).getAddress()))
                .as(address)
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
                "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1",
                "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "8.8.8.8",
                "2606:4700::1111", "2a00:1450::1", "2001:200::1", "2003::1", "64:ff9b::8.8.8.8"
            })
    void aPublicAddressIsNot(String address) {
        assertThat(SpecialAddresses.describe(InetAddress.ofLiteral(address).getAddress()))
                .as(address)
                .isEmpty();
    }

    /// The JDK turns these into IPv4 ones where it makes them; others who make addresses need not.
    @Test
    void sixteenBytesThatAreAnIpv4AddressAreNoWayAround() {
        var mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 8;
        mapped[13] = 8;
        assertThat(SpecialAddresses.describe(mapped)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, a.example, 10.1.255.255, true",
        "10.1.0.0/16, a.example, 10.2.0.0, false",
        "10.1.0.0/15, a.example, 10.0.0.1, true",
        "10.1.2.3, a.example, 10.1.2.3, true",
        "10.1.2.3, a.example, 10.1.2.4, false",
        "fd00::/8, a.example, fd12::1, true",
        "private, a.example, 10.1.2.3, true",
        "private, a.example, 172.20.0.1, true",
        "private, a.example, 192.168.1.1, true",
        "private, a.example, 127.0.0.1, true",
        "private, a.example, ::1, true",
        "private, a.example, fd00::1, true",
        "private, a.example, 169.254.169.254, false",
        "private, a.example, fe80::1, false",
        "private, a.example, 100.64.0.1, false",
        "0.0.0.0/0, a.example, 169.254.169.254, true",
        "a.example, A.example, 10.1.2.3, true",
        "a.example, b.a.example, 10.1.2.3, false",
        "*.a.example, b.a.example, 10.1.2.3, true",
        "*.a.example, a.example, 10.1.2.3, false",
        "*.a.example, eva.example, 10.1.2.3, false"
    })
    void whatTheOperatorAllowsIsAllowed(String entry, String host, String address, boolean allowed) {
        assertThat(AllowedPlaces.of(List.of(entry)).allows(host, InetAddress.ofLiteral(address)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129", "http://a.example", "a b", "*"})
    void anEntryThatIsNoneIsAnError(String entry) {
        assertThatThrownBy(() -> AllowedPlaces.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'");
    }
}
