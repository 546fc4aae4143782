package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.255.0.1, LOOPBACK",
        "0.0.0.0, LOOPBACK",
        "::1, LOOPBACK",
        "::, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "64:ff9b::127.0.0.1, LOOPBACK",
        "2002:7f00:1::, LOOPBACK",
        "169.254.169.254, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "64:ff9b::169.254.169.254, LINK_LOCAL",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.128.0.1, PUBLIC",
        "0.1.2.3, PRIVATE",
        "198.18.0.1, PRIVATE",
        "224.0.0.1, PRIVATE",
        "255.255.255.255, PRIVATE",
        "fd00::1, PRIVATE",
        "fec0::1, PRIVATE",
        "ff02::1, PRIVATE",
        "93.184.216.34, PUBLIC",
        "2606:4700::1, PUBLIC",
        "64:ff9b::5db8:d822, PUBLIC",
    })
    void saysFromWhereAnAddressCanBeReached(String address, Reach reach) {
        assertThat(Reach.of(InetAddress.ofLiteral(address))).isEqualTo(reach);
    }
}
