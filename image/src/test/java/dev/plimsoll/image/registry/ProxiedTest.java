package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Registries whose name only a proxy knows.
@Timeout(60)
class ProxiedTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());
    private static final String PROOF = new Credential.Basic("user", Secret.of("pass")).header();

    @TempDir
    Path folder;

    @Test
    void aConnectionWithTlsGoesThroughTheProxyWithItsPassword() throws Exception {
        var certificates = TestCertificates.make(folder, "registry", "dns:registry.test");
        try (var registry = TestRegistry.startTls(certificates.server()).serving("a", "1", IMAGE);
                var proxy = new ConnectingProxy(registry.port())) {
            var asking = Asking.in(folder)
                    .trusting(certificates.certificate(folder.resolve("ca.pem")))
                    .variable("HTTPS_PROXY", "http://user:pass@127.0.0.1:" + proxy.port());
            try (var client = asking.client()) {
                assertThat(client.image(Reference.parse("registry.test/a:1"), MOST)
                                .root()
                                .bytes())
                        .isEqualTo(bytes(IMAGE.manifest()));
            }

            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT registry.test:443 ")
                            && head.contains("Proxy-Authorization: " + PROOF));
            assertThat(registry.asked())
                    .extracting(TestRegistry.Asked::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void aProxyThatRefusesIsSaidWithoutItsPassword() throws Exception {
        try (var proxy = new ConnectingProxy(1)) {
            var asking = Asking.in(folder).variable("HTTPS_PROXY", "http://user:hidden@127.0.0.1:" + proxy.port());
            try (var client = asking.client()) {
                assertThatThrownBy(() -> client.image(Reference.parse("registry.test/a:1"), MOST))
                        .hasMessageContaining("the proxy for registry.test demands a login, or another one")
                        .hasMessageNotContaining("hidden");
            }
        }
    }

    @Test
    void aRegistryWithoutTlsIsAskedThroughTheProxyToo() throws Exception {
        try (var proxy = TestRegistry.start().serving("a", "1", IMAGE)) {
            var asking =
                    Asking.in(folder).insecureHttp("registry.test").variable("HTTP_PROXY", "127.0.0.1:" + proxy.port());
            try (var client = asking.client()) {
                client.image(Reference.parse("registry.test/a:1"), MOST);
            }

            assertThat(proxy.asked())
                    .extracting(TestRegistry.Asked::target)
                    .containsExactly("http://registry.test/v2/a/manifests/1");
        }
    }

    @Test
    void anAddressThatIsWrittenOutIsJudgedThoughAProxyAsks() throws Exception {
        try (var proxy = TestRegistry.start()) {
            proxy.on("/v2/a/manifests/1", TestRegistry.redirect(307, "http://169.254.169.254/latest/meta-data"));
            var asking =
                    Asking.in(folder).insecureHttp("registry.test").variable("HTTP_PROXY", "127.0.0.1:" + proxy.port());
            try (var client = asking.client()) {
                assertThatThrownBy(() -> client.image(Reference.parse("registry.test/a:1"), MOST))
                        .hasMessageContaining("leads to 169.254.169.254, which is a link-local address");
            }
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    /// Connects whoever shows the password to one port of this machine, whatever name it is asked for.
    private static final class ConnectingProxy implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> heads = new CopyOnWriteArrayList<>();
        private final int target;

        ConnectingProxy(int target) throws IOException {
            this.target = target;
            Thread.ofPlatform().daemon().start(this::accept);
        }

        int port() {
            return listening.getLocalPort();
        }

        List<String> heads() {
            return heads;
        }

        private void accept() {
            try {
                while (true) {
                    var client = listening.accept();
                    Thread.ofPlatform().daemon().start(() -> serve(client));
                }
            } catch (IOException _) {
                // closed
            }
        }

        private void serve(Socket client) {
            try (client) {
                var head = head(client.getInputStream());
                heads.add(head);
                if (!head.contains("Proxy-Authorization: " + PROOF)) {
                    client.getOutputStream()
                            .write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    return;
                }
                try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    client.getOutputStream()
                            .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    var back = Thread.ofPlatform().daemon().start(() -> copy(server, client));
                    copy(client, server);
                    back.join();
                }
            } catch (IOException _) {
                // one of both has seen enough
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException _) {
                // one of both has seen enough
            }
        }

        private static String head(InputStream in) throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var b = in.read();
                if (b < 0) {
                    break;
                }
                head.append((char) b);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
