package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.folder;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's docker-registry, filled by skopeo and asked by skopeo as well: plain, with TLS and passwords, and
/// behind a token server. Against crane and its registry.
@Timeout(120)
class RealRegistryTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(
                    tar().file("etc/os-release", "ID=test\n").end())
            .plain(tar().file("b", "yy").end());

    /// Of user "reader", password "open": `htpasswd -Bbn reader open`; a registry takes no other hash than bcrypt.
    private static final String HTPASSWD = "reader:$2y$05$LttlAfssp52BXRxA3nOMF.3aE3pkSKWoAnD/NDFK7lFEm9a0jHr3K\n";

    @TempDir
    Path temporary;

    private final List<RegistryProcess> registries = new ArrayList<>();

    @AfterEach
    void stop() {
        registries.forEach(RegistryProcess::close);
    }

    @Test
    void readsWhatSkopeoPushed() throws Exception {
        needed("docker-registry", "skopeo");
        var host = registry("");
        push(host, "shop/web:1", "--dest-tls-verify=false");
        push(host, "shop/web:2", "--dest-tls-verify=false", "--format=v2s2");
        try (var client = Asking.in(temporary).client()) {
            for (var tag : List.of("1", "2")) {
                var reference = Reference.parse(host + "/shop/web:" + tag);
                var found = client.image(reference, MOST);
                var manifest = object(found.root().bytes());

                assertThat(found.root().bytes())
                        .isEqualTo(skopeo("inspect", "--tls-verify=false", "--raw", "docker://" + reference));
                for (var layer : manifest.objects("layers")) {
                    var layerDigest =
                            Digest.parse(layer.string("digest").orElseThrow()).orElseThrow();
                    var size = layer.number("size").orElseThrow().longValueExact();
                    try (var blob = found.blob(layerDigest, size)) {
                        assertThat(digest(blob.readAllBytes())).isEqualTo(layerDigest.toString());
                    }
                }
            }
            var listed = object(skopeo("list-tags", "--tls-verify=false", "docker://" + host + "/shop/web"));
            assertThat(client.tags(Reference.parse(host + "/shop/web"), 10)).isEqualTo(listed.strings("Tags"));
            assertThat(client.catalogue(host, 10)).containsExactly("shop/web");
        }
    }

    @Test
    void asksForPartsOfABlobOfARealRegistry() throws Exception {
        needed("docker-registry", "skopeo");
        var host = registry("");
        push(host, "a:1", "--dest-tls-verify=false");
        var configuration = bytes(IMAGE.configuration());
        try (var proxy = new CuttingProxy(host)) {
            try (var client = Asking.in(temporary).client()) {
                var found = client.image(Reference.parse(proxy.host() + "/a:1"), MOST);
                try (var blob = found.blob(Digest.parse(digest(configuration)).orElseThrow(), configuration.length)) {
                    assertThat(blob.readAllBytes()).isEqualTo(configuration);
                }
            }
            assertThat(proxy.cuts()).isPositive();
        }
    }

    @Test
    void pagesOfARealRegistryAreReadToTheEnd() throws Exception {
        needed("docker-registry", "skopeo");
        var host = registry("");
        for (var name : List.of("a", "b", "c")) {
            push(host, name + ":1", "--dest-tls-verify=false");
        }
        try (var client = Asking.in(temporary).client();
                var session = new Session(
                        host,
                        List.of(Endpoint.of("http", host)),
                        connections(host),
                        Asking.in(temporary).machine(),
                        new Credentials(Asking.in(temporary).options(), Optional.empty()))) {
            assertThat(new Pages(session, "", "registry:catalog:*", host)
                            .strings("/v2/_catalog?n=1", "repositories", 9))
                    .contains(List.of("a", "b", "c"));
            assertThat(client.catalogue(host, 9)).containsExactly("a", "b", "c");
        }
    }

    private Connections connections(String host) throws IOException {
        var asking = Asking.in(temporary);
        return new Connections(
                asking.options(),
                asking.machine(),
                Deadline.in(java.time.Duration.ofMinutes(1)),
                new Certificates(asking.options(), asking.machine(), host),
                Proxies.of(asking.options()));
    }

    @Test
    void withoutAReferrersApiTheTagOfTheDigestIsRead() throws Exception {
        needed("docker-registry", "skopeo");
        var host = registry("");
        push(host, "a:1", "--dest-tls-verify=false");
        try (var client = Asking.in(temporary).client()) {
            var reference = Reference.parse(host + "/a:1");
            assertThat(client.referrers(reference, Optional.empty(), MOST, 10)).isEmpty();

            var subject = client.image(reference, MOST).root().digest();
            registries
                    .getLast()
                    .put(
                            "a",
                            subject.toString().replace(':', '-'),
                            ImageBytes.INDEX,
                            ImageBytes.index(ImageBytes.descriptor(
                                    ImageBytes.MANIFEST,
                                    client.image(reference, MOST).root().bytes(),
                                    ",\"artifactType\":\"text/sbom\"")));
            assertThat(client.referrers(reference, Optional.of("text/sbom"), MOST, 10))
                    .hasSize(1);
        }
    }

    @Test
    void agreesWithCraneOnTheDigestOfAnImage() throws Exception {
        needed("crane", "skopeo");
        registries.add(RegistryProcess.crane(temporary));
        var host = registries.getLast().host();
        push(host, "shop/web:1", "--dest-tls-verify=false");
        try (var client = Asking.in(temporary).client()) {
            var reference = Reference.parse(host + "/shop/web:1");
            var said = run("crane", "digest", "--insecure", reference.toString());

            assertThat(client.image(reference, MOST).root().digest())
                    .hasToString(new String(said, StandardCharsets.UTF_8).strip());
            assertThat(client.referrers(reference, Optional.empty(), MOST, 10)).isEmpty();
        }
    }

    @Test
    void aRegistryWithTlsWantsItsPassword() throws Exception {
        needed("docker-registry", "skopeo");
        var certificates = TestCertificates.make(temporary, "registry", "ip:127.0.0.1");
        var authority = certificates.certificate(temporary.resolve("registry.pem"));
        var key = certificates.key(temporary.resolve("registry.key"));
        var passwords = Files.writeString(temporary.resolve("htpasswd"), HTPASSWD);
        var host = registry("""
                  tls: {certificate: %s, key: %s}
                auth: {htpasswd: {realm: here, path: %s}}
                """.formatted(authority, key, passwords));
        push(host, "a:1", "--dest-tls-verify=false", "--dest-creds=reader:open");
        var reference = Reference.parse(host + "/a:1");

        try (var client =
                Asking.in(temporary).trusting(authority).as("reader", "open").client()) {
            assertThat(object(client.image(reference, MOST).root().bytes()).objects("layers"))
                    .hasSize(2);
        }
        try (var client =
                Asking.in(temporary).unverified(host).as("reader", "wrong").client()) {
            assertThatThrownBy(() -> client.image(reference, MOST))
                    .hasMessageContaining("UNAUTHORIZED")
                    .hasMessageNotContaining("wrong");
        }
        try (var client = Asking.in(temporary).trusting(authority).client()) {
            assertThatThrownBy(() -> client.image(reference, MOST)).hasMessageContaining("demands a login");
        }
    }

    @Test
    void aRegistryBehindATokenServerWantsItsToken() throws Exception {
        needed("docker-registry", "skopeo");
        var signer = TestCertificates.make(temporary, "signer", "dns:signer", "-groupname", "secp256r1");
        var bundle = signer.certificate(temporary.resolve("signer.pem"));
        try (var server = TestRegistry.start()) {
            server.on("/token", exchange -> {
                var scope = String.valueOf(exchange.getRequestURI().getQuery())
                        .replaceFirst(".*scope=repository:([^:]*):([^&]*).*", "$1 $2");
                TestRegistry.answer(exchange, 200, "{\"token\":\"" + jwt(signer, scope.split(" ", -1)) + "\"}");
            });
            var host = registry("""
                    auth:
                      token: {realm: http://%s/token, service: here, issuer: tester, rootcertbundle: %s}
                    """.formatted(server.host(), bundle));
            push(host, "a:1", "--dest-tls-verify=false", "--dest-creds=reader:open");
            var asked = server.asked().size();

            try (var client = Asking.in(temporary).as("reader", "open").client()) {
                var found = client.image(Reference.parse(host + "/a:1"), MOST);
                var configuration = bytes(IMAGE.configuration());
                try (var blob = found.blob(Digest.parse(digest(configuration)).orElseThrow(), configuration.length)) {
                    assertThat(blob.readAllBytes()).isEqualTo(configuration);
                }
            }
            assertThat(server.asked()).hasSize(asked + 1);
            assertThat(server.asked().getLast().target()).contains("scope=repository%3Aa%3Apull&");
        }
    }

    /// A token as docker-registry verifies it: the signer's certificate stands in its head.
    private static String jwt(TestCertificates signer, String[] scope) throws IOException {
        try {
            var now = Instant.now().getEpochSecond();
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(Files.newInputStream(signer.store().resolveSibling("signer.pem")));
            var head = "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\""
                    + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"]}";
            var body = "{\"iss\":\"tester\",\"sub\":\"reader\",\"aud\":\"here\",\"exp\":" + (now + 300) + ",\"nbf\":"
                    + (now - 10) + ",\"iat\":" + now
                    + ",\"jti\":\"1\",\"access\":[{\"type\":\"repository\",\"name\":\"" + scope[0]
                    + "\",\"actions\":[\""
                    + scope[scope.length - 1].replace(",", "\",\"") + "\"]}]}";
            var url = Base64.getUrlEncoder().withoutPadding();
            var signed = url.encodeToString(bytes(head)) + "." + url.encodeToString(bytes(body));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(signer.privateKey());
            signature.update(bytes(signed));
            return signed + "." + url.encodeToString(signature.sign());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// @param more of its configuration; what is indented more belongs to `http`
    private String registry(String more) throws Exception {
        registries.add(RegistryProcess.docker(temporary, more));
        return registries.getLast().host();
    }

    private void push(String host, String name, String... options) throws Exception {
        var layout = temporary.resolve("layout");
        if (!Files.exists(layout)) {
            folder(layout, IMAGE.layout());
        }
        var command = new ArrayList<>(List.of("skopeo", "copy", "--quiet", "--insecure-policy"));
        command.addAll(List.of(options));
        command.addAll(List.of("oci:" + layout + ":latest", "docker://" + host + "/" + name));
        run(command.toArray(String[]::new));
    }

    private byte[] skopeo(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private byte[] run(String... command) throws Exception {
        var error = temporary.resolve("stderr");
        var process = new ProcessBuilder(command).redirectError(error.toFile()).start();
        var out = process.getInputStream().readAllBytes();
        var code = process.waitFor();
        assertThat(code)
                .as(() -> String.join(" ", command) + ": " + read(error))
                .isZero();
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static JsonObject object(byte[] json) throws IOException {
        return (JsonObject) JsonReader.read(json, JsonLimits.FOREIGN);
    }

    private static void needed(String... tools) {
        for (var tool : tools) {
            var there = List.of(Optional.ofNullable(System.getenv("PATH"))
                            .orElse("")
                            .split(":", -1))
                    .stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!there) {
                System.err.println("SKIPPED: RealRegistryTest needs " + tool);
            }
            assumeTrue(there, "needs " + tool);
        }
    }
}
