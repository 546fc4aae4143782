package dev.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With files that OpenSSL makes, the real web server, and the JDK's client.
final class TlsFilesTest {

    @TempDir
    Path folder;

    private void openssl(String... arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        Collections.addAll(command, arguments);
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /// Makes `NAME.pem`, signed by its own key.
    private void certify(String key, String name) {
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                key,
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-out",
                name + ".pem");
    }

    private void ec(String name) {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key");
        certify(name + ".key", name);
    }

    private HttpClient trusting(String... names) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var name : names) {
            try (var in = Files.newInputStream(file(name))) {
                store.setCertificateEntry(
                        name, CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> ask(HttpClient client, HttpServer server) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/hello"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpServer serve(TlsFiles files) throws IOException {
        var route = new Route(
                Method.GET,
                "/hello",
                Permission.NONE,
                _ -> Reply.json(json -> json.object(() -> json.member("hello", "there"))));
        return HttpServer.start(
                new HttpServer.Listener("localhost", 0, Optional.of(files.context()), 100),
                new Dispatcher(new Router(List.of(route)), (_, _) -> Principal.NOBODY, (_, _, _, _, _) -> {}));
    }

    private static String subjectAndSerial(HttpResponse<?> answer) throws Exception {
        var certificate = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSerialNumber().toString(16);
    }

    private void demandServed(String certificates, String key) throws Exception {
        try (var server = serve(TlsFiles.open(file(certificates), file(key)));
                var client = trusting(certificates)) {
            assertThat(ask(client, server).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "ED25519"})
    void servesWithKeysInPkcs8(String algorithm) throws Exception {
        switch (algorithm) {
            case "RSA" -> openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "a.key");
            case "EC" -> openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", "a.key");
            default -> openssl("genpkey", "-algorithm", algorithm, "-out", "a.key");
        }
        certify("a.key", "a");
        assertThat(Files.readString(file("a.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        demandServed("a.pem", "a.key");
    }

    @Test
    void servesWithKeysInTheOlderForms() throws Exception {
        openssl("genrsa", "-traditional", "-out", "rsa.key", "2048");
        assertThat(Files.readString(file("rsa.key"))).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        certify("rsa.key", "rsa");
        demandServed("rsa.pem", "rsa.key");
        // with a block of parameters before the key
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec.key");
        assertThat(Files.readString(file("ec.key"))).startsWith("-----BEGIN EC PARAMETERS-----");
        certify("ec.key", "ec");
        demandServed("ec.pem", "ec.key");
        // and with the curve in the key alone
        openssl("ec", "-in", "ec.key", "-out", "alone.key");
        assertThat(Files.readString(file("alone.key"))).startsWith("-----BEGIN EC PRIVATE KEY-----");
        demandServed("ec.pem", "alone.key");
    }

    @Test
    void tellsBrowsersToStayWithTls() throws Exception {
        ec("a");
        try (var server = serve(TlsFiles.open(file("a.pem"), file("a.key")));
                var client = trusting("a.pem")) {
            var answer = ask(client, server);
            assertThat(answer.body().strip()).isEqualTo("{\"hello\":\"there\"}");
            assertThat(answer.headers().firstValue("strict-transport-security")).hasValue("max-age=31536000");
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("x-frame-options")).hasValue("DENY");
            assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .hasValue("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void sendsTheCertificatesBetweenItAndTheAuthority() throws Exception {
        ec("root");
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "leaf.key");
        openssl("req", "-new", "-key", "leaf.key", "-subj", "/CN=leaf", "-out", "leaf.csr");
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "middle.key");
        openssl("req", "-new", "-key", "middle.key", "-subj", "/CN=middle", "-out", "middle.csr");
        Files.writeString(file("ca.cnf"), "basicConstraints=critical,CA:TRUE\n");
        Files.writeString(file("san.cnf"), "subjectAltName=DNS:localhost\n");
        openssl(
                "x509",
                "-req",
                "-in",
                "middle.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-extfile",
                "ca.cnf",
                "-out",
                "middle.pem");
        openssl(
                "x509",
                "-req",
                "-in",
                "leaf.csr",
                "-CA",
                "middle.pem",
                "-CAkey",
                "middle.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-extfile",
                "san.cnf",
                "-out",
                "leaf.pem");
        Files.writeString(file("chain.pem"), Files.readString(file("leaf.pem")) + Files.readString(file("middle.pem")));
        try (var server = serve(TlsFiles.open(file("chain.pem"), file("leaf.key")));
                var client = trusting("root.pem")) {
            assertThat(ask(client, server).statusCode()).isEqualTo(200);
        }
        Files.writeString(
                file("turned.pem"), Files.readString(file("middle.pem")) + Files.readString(file("leaf.pem")));
        assertThatThrownBy(() -> TlsFiles.open(file("turned.pem"), file("leaf.key")))
                .hasMessageContaining("turned.pem begins with the certificate of CN=middle")
                .hasMessageContaining("CN=leaf, must come first");
        Files.writeString(file("gap.pem"), Files.readString(file("leaf.pem")) + Files.readString(file("root.pem")));
        assertThatThrownBy(() -> TlsFiles.open(file("gap.pem"), file("leaf.key")))
                .hasMessageContaining("gap.pem is out of order")
                .hasMessageContaining("CN=middle");
    }

    @Test
    void takesNewFilesWhileItListens() throws Exception {
        ec("a");
        ec("b");
        Files.copy(file("a.pem"), file("live.pem"));
        Files.copy(file("a.key"), file("live.key"));
        var files = TlsFiles.open(file("live.pem"), file("live.key"));
        try (var server = serve(files)) {
            String before;
            try (var client = trusting("a.pem", "b.pem")) {
                before = subjectAndSerial(ask(client, server));
                assertThat(files.reload()).isFalse();
                // one after the other: in between they do not belong together, and the former stay
                Files.writeString(file("live.pem"), Files.readString(file("b.pem")));
                assertThatThrownBy(files::reload).isInstanceOf(TlsFilesException.class);
            }
            try (var client = trusting("a.pem", "b.pem")) {
                assertThat(subjectAndSerial(ask(client, server))).isEqualTo(before);
                Files.writeString(file("live.key"), Files.readString(file("b.key")));
                assertThat(files.reload()).isTrue();
                assertThat(files.reload()).isFalse();
            }
            try (var client = trusting("b.pem")) {
                assertThat(subjectAndSerial(ask(client, server))).isNotEqualTo(before);
            }
        }
    }

    @Test
    void namesTheFileAndTheRemedy() throws Exception {
        ec("a");
        ec("b");
        demandRefused("nothing.pem", "a.key", "nothing.pem is not there");
        demandRefused("a.pem", "nothing.key", "nothing.key is not there");
        demandRefused("a.key", "a.pem", "a.key has no certificate", "swapped");
        demandRefused("a.pem", "a.pem", "a.pem has no private key", "swapped");
        demandRefused("a.pem", "b.key", "b.key is not that of the certificate in");
        openssl("pkey", "-in", "a.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key");
        demandRefused("a.pem", "locked.key", "locked.key is locked by a passphrase", "openssl pkey");
        openssl("rsa", "-in", rsa(), "-traditional", "-aes256", "-passout", "pass:secret", "-out", "old.key");
        demandRefused("a.pem", "old.key", "old.key is locked by a passphrase");
        openssl("x509", "-in", "a.pem", "-outform", "der", "-out", "a.der");
        demandRefused("a.der", "a.key", "a.der has no certificate", "-inform der");
        Files.write(file("large"), new byte[TlsFiles.LARGEST + 1]);
        demandRefused("large", "a.key", "large is larger than");
        Files.writeString(file("long.pem"), Files.readString(file("a.pem")).repeat(TlsFiles.LONGEST_CHAIN + 1));
        demandRefused("long.pem", "a.key", "long.pem has more than 16 certificates");
        demandRefused(".", "a.key", "cannot be read");
    }

    private String rsa() {
        openssl("genrsa", "-out", "r.key", "2048");
        return "r.key";
    }

    private void demandRefused(String certificates, String key, String... words) {
        assertThatThrownBy(() -> TlsFiles.open(file(certificates), file(key)))
                .isInstanceOf(TlsFilesException.class)
                .hasMessageContainingAll(words);
    }

    /// Whatever stands in the files, nothing but the exception that names the remedy comes of it.
    @Test
    void refusesDamagedFiles() throws Exception {
        ec("a");
        openssl("ec", "-in", "a.key", "-out", "sec1.key");
        var random = new Random(7);
        for (var name : List.of("a.pem", "sec1.key")) {
            var sound = Files.readAllBytes(file(name));
            for (int i = 0; i < 300; i++) {
                var damaged = sound.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
                if (random.nextInt(4) == 0) {
                    damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
                }
                Files.write(file("damaged"), damaged);
                try {
                    TlsFiles.open(
                            name.equals("a.pem") ? file("damaged") : file("a.pem"),
                            name.equals("a.pem") ? file("a.key") : file("damaged"));
                } catch (TlsFilesException e) {
                    assertThat(e).hasMessageContaining(folder.toString());
                }
            }
        }
    }
}
