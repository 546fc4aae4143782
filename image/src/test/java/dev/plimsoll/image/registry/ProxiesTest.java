package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    @Test
    void eachSchemeHasItsOwnInCapitalsOrNot() throws Exception {
        var proxies = of(Map.of("http_proxy", "one:3128", "HTTPS_PROXY", "http://two"));

        assertThat(proxies.server(URI.create("http://registry.example/")).orElseThrow())
                .isEqualTo(new Proxies.Server("one", 3128, java.util.Optional.empty()));
        assertThat(proxies.server(URI.create("https://registry.example/")).orElseThrow())
                .isEqualTo(new Proxies.Server("two", 80, java.util.Optional.empty()));
    }

    @Test
    void aCredentialIsDecodedAndNotShown() throws Exception {
        var server = of(Map.of("HTTPS_PROXY", "http://us%40er:p%3Ass+1@proxy:8080"))
                .server(URI.create("https://registry.example/"))
                .orElseThrow();

        assertThat(server.credential().orElseThrow().header())
                .isEqualTo("Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString("us@er:p:ss+1".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(server.toString()).doesNotContain("ss+1");
    }

    @ParameterizedTest
    @CsvSource({
        "*, registry.example, true",
        "registry.example, registry.example, true",
        "registry.example, a.registry.example, true",
        "registry.example, myregistry.example, false",
        ".registry.example, registry.example, false",
        ".registry.example, a.registry.example, true",
        "*.registry.example, a.registry.example, true",
        "other; REGISTRY.example, registry.example, true",
        "registry.example:443, registry.example, true",
        "registry.example:5000, registry.example, false",
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "10.1.2.3, 10.1.2.3, true",
        "fd00::/8, [fd00::1], true",
        "fd00::1, [fd00::1], true",
        "'', registry.example, false",
        "'', localhost, true",
        "'', 127.0.0.1, true",
        "'', [::1], true",
    })
    void noProxyNamesWhatIsAskedDirectly(String exceptions, String host, boolean direct) throws Exception {
        var proxies = of(Map.of("https_proxy", "proxy:1", "no_proxy", exceptions.replace(';', ',')));

        assertThat(proxies.server(URI.create("https://" + host + "/")).isEmpty())
                .isEqualTo(direct);
    }

    @Test
    void whatIsNoProxyIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "socks5://user:hidden@proxy:1")))
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "http://user:hid den@proxy")))
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("hid den");
    }

    private static Proxies of(Map<String, String> variables) throws Exception {
        return Proxies.of(RegistryOptions.DEFAULTS.in(variables, RegistryOptions.DEFAULT_TIMEOUT));
    }
}
