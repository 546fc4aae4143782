package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static dev.plimsoll.image.registry.TestRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryClientTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());

    @TempDir
    Path folder;

    private TestRegistry registry;

    @BeforeEach
    void startRegistry() throws IOException {
        registry = TestRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void findsAnImageByTagAndItsBlobsByDigest() throws IOException {
        registry.serving("shop/web", "1", IMAGE);
        try (var client = Asking.in(folder).client()) {
            var found = client.image(reference("shop/web:1"), MOST);
            var configuration = bytes(IMAGE.configuration());

            assertThat(found.root().bytes()).isEqualTo(bytes(IMAGE.manifest()));
            assertThat(found.root().digest()).hasToString(digest(bytes(IMAGE.manifest())));
            assertThat(found.root().mediaType()).isEqualTo(ImageBytes.MANIFEST);
            try (var blob = found.blob(parsed(digest(configuration)), configuration.length)) {
                assertThat(blob.readAllBytes()).isEqualTo(configuration);
            }
        }
    }

    @Test
    void saysWhoAsks() throws IOException {
        var agents = new ArrayList<String>();
        registry.everywhere(inner -> exchange -> {
            agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            inner.handle(exchange);
        });
        registry.serving("a", "1", IMAGE);
        try (var client = Asking.in(folder).client()) {
            client.image(reference("a:1"), MOST);
        }

        assertThat(agents).isNotEmpty().containsOnly("plimsoll/test");
    }

    @Test
    void anImageThatIsNotThereIsNotFound() {
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .isInstanceOfSatisfying(
                            ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                    .hasMessage(registry.host() + "/a:1: the registry " + registry.host() + " has no such image");
        }
    }

    @Test
    void aBlobThatIsNotThereIsNamed() throws IOException {
        registry.serving("a", "1", ImageBytes.MANIFEST, IMAGE.manifest());
        try (var client = Asking.in(folder).client()) {
            var found = client.image(reference("a:1"), MOST);
            var missing = parsed(digest(bytes("missing")));

            assertThatThrownBy(() -> found.blob(missing, 7))
                    .hasMessage(registry.host() + "/a:1: blob " + missing
                            + ": is not in the registry (NAME_UNKNOWN: not known here)");
        }
    }

    @Test
    void aPortWhereNobodyListensIsSaid() {
        registry.close();
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .isInstanceOfSatisfying(
                            ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                    .hasMessageContaining(registry.host() + ": the connection was refused");
        }
    }

    @Test
    void tagsComeInPages() throws IOException {
        registry.on("/v2/a/tags/list", exchange -> {
            var query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("last=")) {
                answer(exchange, 200, "{\"name\":\"a\",\"tags\":[\"2\",\"3\"]}");
            } else {
                exchange.getResponseHeaders().add("Link", "</v2/a/tags/list?last=1&n=1>; rel=\"next\"");
                answer(exchange, 200, "{\"name\":\"a\",\"tags\":[\"1\"]}");
            }
        });
        try (var client = Asking.in(folder).client()) {
            assertThat(client.tags(reference("a"), 3)).containsExactly("1", "2", "3");
            assertThatThrownBy(() -> client.tags(reference("a"), 2))
                    .hasMessageContaining("lists more than the limit of 2 (--max-names)");
        }
    }

    @Test
    void aRepositoryWithoutTagsAndOneThatIsNotThereAreDifferent() throws IOException {
        registry.on("/v2/a/tags/list", exchange -> answer(exchange, 200, "{\"name\":\"a\",\"tags\":null}"));
        try (var client = Asking.in(folder).client()) {
            assertThat(client.tags(reference("a"), 10)).isEmpty();
            assertThatThrownBy(() -> client.tags(reference("b"), 10)).hasMessageContaining("has no such repository");
        }
    }

    @Test
    void theCatalogueComesInPages() throws IOException {
        registry.on("/v2/_catalog", exchange -> {
            if (String.valueOf(exchange.getRequestURI().getQuery()).contains("last=")) {
                answer(exchange, 200, "{\"repositories\":[\"b\"]}");
            } else {
                exchange.getResponseHeaders()
                        .add("Link", "<" + "http://" + registry.host() + "/v2/_catalog?last=a>; rel=next");
                answer(exchange, 200, "{\"repositories\":[\"a\"]}");
            }
        });
        try (var client = Asking.in(folder).client()) {
            assertThat(client.catalogue(registry.host(), 10)).containsExactly("a", "b");
        }
    }

    @Test
    void pagesThatLeadInACircleEnd() throws IOException {
        registry.on("/v2/_catalog", exchange -> {
            exchange.getResponseHeaders().add("Link", "</v2/_catalog?n=1>; rel=\"next\"");
            answer(exchange, 200, "{\"repositories\":[]}");
        });
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.catalogue(registry.host(), 10)).hasMessageContaining("in a circle");
        }
    }

    @Test
    void aNextPageOfAnotherHostIsRefused() throws IOException {
        registry.on("/v2/_catalog", exchange -> {
            exchange.getResponseHeaders().add("Link", "<http://localhost:1/v2/_catalog>; rel=\"next\"");
            answer(exchange, 200, "{\"repositories\":[]}");
        });
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.catalogue(registry.host(), 10)).hasMessageContaining("none of its own");
        }
    }

    @Test
    void referrersAreAskedOfTheirApiAndFilteredWhereTheRegistryDoesNot() throws IOException {
        var subject = digest(bytes(IMAGE.manifest()));
        var signature = ImageBytes.descriptor(ImageBytes.MANIFEST, bytes("s"), ",\"artifactType\":\"application/sig\"");
        var sbom = ImageBytes.descriptor(
                ImageBytes.MANIFEST, bytes("b"), ",\"artifactType\":\"text/sbom\",\"annotations\":{\"k\":\"v\"}");
        registry.serving("a", "1", IMAGE)
                .on("/v2/a/referrers/" + subject, exchange -> answer(exchange, 200, ImageBytes.index(signature, sbom)));
        try (var client = Asking.in(folder).client()) {
            assertThat(client.referrers(reference("a:1"), Optional.empty(), MOST, 10))
                    .hasSize(2);
            assertThat(client.referrers(reference("a:1"), Optional.of("text/sbom"), MOST, 10))
                    .containsExactly(new Referrer(
                            parsed(digest(bytes("b"))),
                            ImageBytes.MANIFEST,
                            "text/sbom",
                            1,
                            java.util.Map.of("k", "v")));
        }
        assertThat(registry.asked())
                .extracting(TestRegistry.Asked::target)
                .anyMatch(target -> target.endsWith("/referrers/" + subject + "?artifactType=text%2Fsbom"));
    }

    @Test
    void whereThereIsNoReferrersApiTheTagOfTheDigestIsRead() throws IOException {
        var subject = digest(bytes(IMAGE.manifest()));
        var sbom = ImageBytes.descriptor(ImageBytes.MANIFEST, bytes("b"), ",\"artifactType\":\"text/sbom\"");
        registry.serving("a", "1", IMAGE)
                .serving("a", subject.replace(':', '-'), ImageBytes.INDEX, ImageBytes.index(sbom));
        try (var client = Asking.in(folder).client()) {
            assertThat(client.referrers(reference("a:1"), Optional.empty(), MOST, 10))
                    .extracting(Referrer::artifactType)
                    .containsExactly("text/sbom");
            assertThat(client.referrers(reference("a@" + digest(bytes("other"))), Optional.empty(), MOST, 10))
                    .isEmpty();
        }
    }

    @Test
    void mirrorsAreAskedFirstAndTheRegistryLast() throws IOException {
        try (var mirror = TestRegistry.start()) {
            mirror.serving("copy/web", "1", IMAGE);
            registry.serving("shop/web", "2", IMAGE);
            var asking = Asking.in(folder)
                    .as("user", "password")
                    .variable(
                            "CONTAINERS_REGISTRIES_CONF", configuration("""
                            [[registry]]
                            location = "%s/shop"
                            [[registry.mirror]]
                            location = "%s/copy"
                            """.formatted(registry.host(), mirror.host())));
            try (var client = asking.client()) {
                assertThat(client.image(reference("shop/web:1"), MOST).registry())
                        .isEqualTo(mirror.host());
                assertThat(registry.asked()).isEmpty();
                assertThat(client.image(reference("shop/web:2"), MOST).registry())
                        .isEqualTo(registry.host());
                assertThatThrownBy(() -> client.image(reference("shop/web:3"), MOST))
                        .hasMessageContaining("the registry " + mirror.host() + " has no such image")
                        .hasMessageContaining("the registry " + registry.host() + " has no such image");
            }
        }
    }

    @Test
    void whatTheUserGaveIsNotSentToAMirror() throws IOException {
        try (var mirror = TestRegistry.start()) {
            mirror.demanding("Basic realm=\"mirror\"", "Basic never");
            registry.serving("web", "1", IMAGE);
            var asking = Asking.in(folder)
                    .as("user", "password")
                    .variable(
                            "CONTAINERS_REGISTRIES_CONF", configuration("""
                            [[registry]]
                            location = "%s"
                            [[registry.mirror]]
                            location = "%s"
                            """.formatted(registry.host(), mirror.host())));
            try (var client = asking.client()) {
                assertThat(client.image(reference("web:1"), MOST).registry()).isEqualTo(registry.host());
            }
            assertThat(mirror.asked())
                    .isNotEmpty()
                    .extracting(TestRegistry.Asked::authorization)
                    .containsOnly("");
        }
    }

    private String configuration(String text) throws IOException {
        return java.nio.file.Files.writeString(folder.resolve("registries.conf"), text)
                .toString();
    }

    private Reference reference(String name) throws ImageException {
        return Reference.parse(registry.host() + "/" + name);
    }

    private static Digest parsed(String digest) {
        return Digest.parse(digest).orElseThrow();
    }
}
