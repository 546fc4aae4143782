package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certificates, each way in which they are trusted or not.
@Timeout(120)
class TlsTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());

    @TempDir
    static Path keys;

    private static TestCertificates own;
    private static TestCertificates ofAnotherName;
    private static TestCertificates ofClient;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        own = TestCertificates.make(keys, "registry", "ip:127.0.0.1");
        ofAnotherName = TestCertificates.make(keys, "another", "dns:registry.example");
        ofClient = TestCertificates.make(keys, "client", "dns:client");
    }

    @Test
    void anAuthorityOfTheCommandIsTrusted() throws Exception {
        try (var registry = registry(own)) {
            assertThat(connection(registry, Asking.in(folder).trusting(own.certificate(folder.resolve("ca.pem")))))
                    .isEqualTo(Connection.VERIFIED_TLS);
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        try (var registry = registry(own)) {
            assertThatThrownBy(() -> find(registry, Asking.in(folder)))
                    .hasMessageContaining(
                            "its certificate is not signed by an authority that is trusted (--registry-ca");
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        try (var registry = registry(ofAnotherName)) {
            assertThatThrownBy(() -> find(
                            registry, Asking.in(folder).trusting(ofAnotherName.certificate(folder.resolve("ca.pem")))))
                    .hasMessageContaining("its certificate is for another name");
            assertThat(registry.asked()).isEmpty();
        }
    }

    @Test
    void aUserMayLookAway() throws Exception {
        try (var registry = registry(ofAnotherName)) {
            assertThat(connection(registry, Asking.in(folder).unverified(registry.host())))
                    .isEqualTo(Connection.UNVERIFIED_TLS);
            assertThat(connection(registry, Asking.in(folder).unverified("127.0.0.1")))
                    .isEqualTo(Connection.UNVERIFIED_TLS);
            assertThatThrownBy(() -> find(registry, Asking.in(folder).unverified("127.0.0.1:1")))
                    .hasMessageContaining("certificate");
        }
    }

    @Test
    void theFolderOfTheRegistrysNameIsTrusted() throws Exception {
        try (var registry = registry(own)) {
            own.certificate(folder.resolve("etc/docker/certs.d/" + registry.host() + "/ca.crt"));

            find(registry, Asking.in(folder));
        }
    }

    @Test
    void theFolderOfAnotherNameIsNot() throws Exception {
        try (var registry = registry(own)) {
            own.certificate(folder.resolve("etc/docker/certs.d/127.0.0.1:1/ca.crt"));

            assertThatThrownBy(() -> find(registry, Asking.in(folder))).hasMessageContaining("not signed by");
        }
    }

    @Test
    void theClientProvesItselfWithTheKeyOfTheFolder() throws Exception {
        var shown = new AtomicReference<>("");
        try (var registry = TestRegistry.startTls(own.server(ofClient))) {
            registry.everywhere(inner -> exchange -> {
                shown.set(principal(exchange));
                inner.handle(exchange);
            });
            registry.serving("a", "1", IMAGE);
            var certificateFolder = folder.resolve("home/.config/containers/certs.d/" + registry.host());
            own.certificate(certificateFolder.resolve("ca.crt"));
            find(registry, Asking.in(folder));
            assertThat(shown).hasValue("");

            ofClient.certificate(certificateFolder.resolve("client.cert"));
            assertThatThrownBy(() -> find(registry, Asking.in(folder))).hasMessageContaining("there is no client.key");
            ofClient.key(certificateFolder.resolve("client.key"));
            find(registry, Asking.in(folder));
            assertThat(shown).hasValue("CN=client");
        }
    }

    /// The server asks for a certificate and takes none as well, see TestRegistry.
    private static String principal(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException _) {
            return "";
        }
    }

    @Test
    void aRedirectToPlainHttpIsNotFollowed() throws Exception {
        try (var registry = registry(own);
                var store = TestRegistry.start()) {
            registry.on("/v2/a/manifests/1", TestRegistry.redirect(307, "http://" + store.host() + "/m"));

            assertThatThrownBy(
                            () -> find(registry, Asking.in(folder).trusting(own.certificate(folder.resolve("ca.pem")))))
                    .hasMessageContaining("redirects to http://" + store.host() + ", without TLS");
            assertThat(store.asked()).isEmpty();
        }
    }

    @Test
    void aTokenServerWithoutTlsIsNotAskedForARegistryWithTls() throws Exception {
        try (var registry = registry(own);
                var server = TestRegistry.start()) {
            registry.demanding("Bearer realm=\"http://" + server.host() + "/token\"", "Bearer good");

            assertThatThrownBy(() -> find(
                            registry,
                            Asking.in(folder)
                                    .believing("127.0.0.1", "93.184.216.34")
                                    .as("user", "password")
                                    .trusting(own.certificate(folder.resolve("ca.pem")))))
                    .hasMessageContaining("without TLS; no credentials are sent there");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void theStoreOfARegistryIsTrustedByTheSameAuthority() throws Exception {
        var blob = bytes("blob");
        try (var registry = registry(own);
                var store = registry(own)) {
            store.on("/blob", exchange -> TestRegistry.blob(exchange, blob));
            registry.on(
                    TestRegistry.blobPath("a", blob), TestRegistry.redirect(307, "https://" + store.host() + "/blob"));
            own.certificate(folder.resolve("etc/containers/certs.d/" + registry.host() + "/any.crt"));
            try (var client = Asking.in(folder).client();
                    var stream = client.image(Reference.parse(registry.host() + "/a:1"), MOST)
                            .blob(Digest.parse(digest(blob)).orElseThrow(), blob.length)) {
                assertThat(stream.readAllBytes()).isEqualTo(blob);
            }
        }
    }

    @Test
    void whereTheUserAllowsPlainHttpNothingElseIsTried() throws Exception {
        try (var registry = registry(own)) {
            assertThatThrownBy(() -> find(registry, Asking.in(folder).insecureHttp(registry.host())))
                    .hasMessageContaining(registry.host());
            assertThat(registry.asked()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("ca.pem"), "nothing");
        try (var registry = registry(own)) {
            assertThatThrownBy(() -> find(registry, Asking.in(folder).trusting(file)))
                    .hasMessageContaining(file + ": holds no certificate in PEM form");
        }
    }

    private static TestRegistry registry(TestCertificates certificates) throws Exception {
        return TestRegistry.startTls(certificates.server()).serving("a", "1", IMAGE);
    }

    private static void find(TestRegistry registry, Asking asking) throws IOException {
        assertThat(connection(registry, asking)).isNotNull();
    }

    private static Connection connection(TestRegistry registry, Asking asking) throws IOException {
        try (var client = asking.client()) {
            var image = client.image(Reference.parse(registry.host() + "/a:1"), MOST);
            assertThat(image.root().bytes()).isEqualTo(bytes(IMAGE.manifest()));
            return image.connection();
        }
    }
}
