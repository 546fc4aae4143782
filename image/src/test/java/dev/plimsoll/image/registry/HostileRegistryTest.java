package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static dev.plimsoll.image.registry.TestRegistry.answer;
import static dev.plimsoll.image.registry.TestRegistry.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Registries that hang, lie, break off or send us away. Each case ends soon, with one sentence that says what
/// happened.
@Timeout(60)
class HostileRegistryTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());
    private static final byte[] BLOB = random(100_000);
    private static final String BLOB_PATH = TestRegistry.blobPath("a", BLOB);

    @TempDir
    Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start().serving("a", "1", IMAGE);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void anEndlessManifestIsLeftAtItsLimit() {
        registry.on("/v2/a/manifests/1", HostileRegistryTest::endless);
        assertFails(Asking.in(folder), "has more bytes than the limit of " + MOST + " (--max-manifest-bytes)");
    }

    @Test
    void aManifestThatSaysItHasAHundredMegabytesIsNotRead() {
        registry.on("/v2/a/manifests/1", exchange -> {
            exchange.sendResponseHeaders(200, 100L << 20);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Asleep.untilInterrupted();
        });
        assertFails(Asking.in(folder), "has more bytes than the limit of " + MOST + " (--max-manifest-bytes)");
    }

    @Test
    void aManifestOfOneByteASecondIsGivenUp() {
        registry.on("/v2/a/manifests/1", exchange -> slowly(exchange, 1000));
        assertFails(
                Asking.in(folder).pace(Duration.ofMillis(300), 1024),
                "bytes came in 0.3 s of waiting, fewer than 1024 a second");
    }

    @Test
    void anAnswerThatNeverBeginsIsGivenUp() {
        registry.on("/v2/a/manifests/1", _ -> Asleep.untilInterrupted());
        assertFails(Asking.in(folder).answerWithin(Duration.ofMillis(300)), "no answer came in time");
    }

    @Test
    void theTimeoutOfTheWholeCounts() {
        registry.on("/v2/a/manifests/1", exchange -> slowly(exchange, 1000));
        assertFails(Asking.in(folder).within(Duration.ofMillis(500)), "the reading took longer than 0.5 s (--timeout)");
    }

    @Test
    void redirectsInACircleEnd() {
        registry.on("/v2/a/manifests/1", redirect(307, "/one"))
                .on("/one", redirect(302, "/two"))
                .on("/two", redirect(301, "http://" + registry.host() + "/one"));
        assertFails(Asking.in(folder), "redirects in a circle");
    }

    @Test
    void redirectsWithoutEndEnd() {
        var count = new AtomicInteger();
        HttpHandler further =
                exchange -> redirect(307, "/further?" + count.incrementAndGet()).handle(exchange);
        registry.on("/v2/a/manifests/1", further).on("/further", further);
        assertFails(Asking.in(folder), "redirects more than 10 times");
        assertThat(count).hasValue(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "file:///etc/passwd",
                "gopher://registry.example/",
                "http://user:pw@localhost/",
                "::"
            })
    void aRedirectToSomethingElseIsRefused(String location) {
        registry.on("/v2/a/manifests/1", redirect(307, location));
        assertFails(Asking.in(folder), "redirects to something that is no address");
    }

    @Test
    void credentialsAreNotSentToWhereARedirectLeads() throws IOException {
        try (var store = TestRegistry.start()) {
            store.on("/blob", exchange -> TestRegistry.blob(exchange, BLOB));
            var basic = new Credential.Basic("user", Secret.of("password")).header();
            registry.demanding("Basic realm=\"here\"", basic)
                    .on(BLOB_PATH, redirect(307, "http://" + store.host() + "/blob?signature=1"));

            assertThat(read(Asking.in(folder).as("user", "password"))).isEqualTo(BLOB);
            assertThat(store.asked())
                    .extracting(TestRegistry.Asked::authorization)
                    .containsExactly("");
            assertThat(store.asked()).extracting(TestRegistry.Asked::target).containsExactly("/blob?signature=1");
            assertThat(registry.asked())
                    .filteredOn(one -> one.target().equals(BLOB_PATH))
                    .extracting(TestRegistry.Asked::authorization)
                    .containsExactly(basic);
        }
    }

    @Test
    void credentialsStayAwayEvenWhereTheWayLeadsBack() throws IOException {
        try (var store = TestRegistry.start()) {
            store.on("/away", redirect(307, "http://" + registry.host() + "/back"));
            var basic = new Credential.Basic("user", Secret.of("password")).header();
            registry.everywhere(inner -> exchange -> {
                        if (exchange.getRequestURI().getPath().equals("/back")
                                || basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                            inner.handle(exchange);
                        } else {
                            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
                            answer(exchange, 401, "");
                        }
                    })
                    .on(BLOB_PATH, redirect(307, "http://" + store.host() + "/away"))
                    .on("/back", exchange -> TestRegistry.blob(exchange, BLOB));

            assertThat(read(Asking.in(folder).as("user", "password"))).isEqualTo(BLOB);
            assertThat(registry.asked())
                    .filteredOn(one -> one.target().equals("/back"))
                    .extracting(TestRegistry.Asked::authorization)
                    .containsExactly("");
        }
    }

    @Test
    void aDemandOfTheStoreIsNoDemandOfTheRegistry() throws IOException {
        try (var store = TestRegistry.start()) {
            store.demanding("Basic realm=\"mine\"", "Basic none");
            registry.on(BLOB_PATH, redirect(307, "http://" + store.host() + "/blob"));

            assertThatThrownBy(() -> read(Asking.in(folder).as("user", "password")))
                    .hasMessageContaining(store.host() + " does not give it (status 401)");
            assertThat(store.asked())
                    .extracting(TestRegistry.Asked::authorization)
                    .containsOnly("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "fd00::1", "100.64.0.1"})
    void aPublicRegistryCannotSendUsToWhereOnlyWeCanGo(String address) throws IOException {
        try (var store = TestRegistry.start()) {
            registry.on(BLOB_PATH, redirect(307, "http://localhost:" + store.port() + "/blob"));
            var asking =
                    Asking.in(folder).believing("127.0.0.1", "93.184.216.34").believing("localhost", address);

            assertThatThrownBy(() -> read(asking))
                    .hasMessageContaining("leads to localhost, which is ")
                    .hasMessageContaining("followed only from a registry that lies there too");
            assertThat(store.asked()).isEmpty();
        }
    }

    @Test
    void aRegistryOfAPrivateNetworkMaySendUsIntoItButNotToThisMachine() throws IOException {
        try (var store = TestRegistry.start()) {
            store.on("/blob", exchange -> TestRegistry.blob(exchange, BLOB));
            registry.on(BLOB_PATH, redirect(307, "http://localhost:" + store.port() + "/blob"));

            assertThat(read(Asking.in(folder).believing("127.0.0.1", "10.0.0.1").believing("localhost", "192.168.0.1")))
                    .isEqualTo(BLOB);
            assertThatThrownBy(() -> read(Asking.in(folder).believing("127.0.0.1", "10.0.0.1")))
                    .hasMessageContaining("which is this machine");
        }
    }

    @Test
    void aDigestHeaderThatLiesIsFound() {
        registry.on("/v2/a/manifests/1", exchange -> {
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest(bytes("another")));
            answer(exchange, 200, IMAGE.manifest());
        });
        assertFails(
                Asking.in(folder),
                "has digest " + digest(bytes(IMAGE.manifest())) + " where the registry states "
                        + digest(bytes("another")));
    }

    @Test
    void aManifestThatIsNotTheOneOfItsDigestIsFound() throws IOException {
        var wanted = digest(bytes("another"));
        registry.on("/v2/a/manifests/" + wanted, exchange -> answer(exchange, 200, IMAGE.manifest()));
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a@" + wanted), MOST))
                    .hasMessageContaining(
                            "has digest " + digest(bytes(IMAGE.manifest())) + " where " + wanted + " is expected");
        }
    }

    @Test
    void schema1IsRefusedWithAClearWord() {
        registry.on("/v2/a/manifests/1", exchange -> {
            exchange.getResponseHeaders()
                    .add("Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws");
            answer(exchange, 200, "{\"schemaVersion\":1}");
        });
        assertFails(Asking.in(folder), "schema 1");
    }

    @Test
    void tooManyRequestsAreMadeAgainWhenTheRegistrySays() throws IOException {
        var count = new AtomicInteger();
        registry.everywhere(inner -> exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/v2/a") && count.incrementAndGet() < 3) {
                exchange.getResponseHeaders().add("Retry-After", "7");
                answer(exchange, 429, "");
            } else {
                inner.handle(exchange);
            }
        });
        var asking = Asking.in(folder);
        try (var client = asking.client()) {
            client.image(reference("a:1"), MOST);
        }
        assertThat(asking.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void aRegistryThatAsksForAnHourIsNotWaitedFor() {
        registry.on("/v2/a/manifests/1", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            answer(exchange, 429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}");
        });
        var asking = Asking.in(folder);
        assertFails(asking, "asks to come back later, Retry-After: 3600 (TOOMANYREQUESTS: slow down)");
        assertThat(asking.pauses).isEmpty();
    }

    @Test
    void aFailureThatPassesIsWaitedFor() throws IOException {
        var count = new AtomicInteger();
        registry.everywhere(inner -> exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/v2/a") && count.incrementAndGet() < 3) {
                answer(exchange, 503, "busy");
            } else {
                inner.handle(exchange);
            }
        });
        var asking = Asking.in(folder);
        try (var client = asking.client()) {
            client.image(reference("a:1"), MOST);
        }
        assertThat(asking.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aFailureThatStaysIsSaid() {
        registry.on("/v2/a/manifests/1", exchange -> answer(exchange, 500, "<html>oops</html>"));
        var asking = Asking.in(folder);
        assertFails(asking, "answers with status 500");
        assertThat(asking.pauses).hasSize(Backoff.MAX_ATTEMPTS - 1);
    }

    @Test
    void connectionsThatBreakBeforeAnAnswerAreTriedAgain() throws IOException {
        var count = new AtomicInteger();
        var manifest = bytes(IMAGE.manifest());
        registry.on("/v2/a/manifests/1", exchange -> {
            if (count.incrementAndGet() < 3) {
                exchange.close();
            } else {
                answer(exchange, 200, manifest);
            }
        });
        try (var client = Asking.in(folder).client()) {
            assertThat(client.image(reference("a:1"), MOST).root().bytes()).isEqualTo(manifest);
        }
    }

    @Test
    void aBlobThatIsCutAtEveryTenthIsReadWhole() throws IOException {
        registry.on(BLOB_PATH, exchange -> cut(exchange, BLOB.length / 10));

        assertThat(read(Asking.in(folder))).isEqualTo(BLOB);
        assertThat(registry.asked())
                .filteredOn(one -> one.target().equals(BLOB_PATH))
                .extracting(TestRegistry.Asked::range)
                .hasSizeGreaterThanOrEqualTo(10)
                .startsWith("")
                .last()
                .asString()
                .startsWith("bytes=");
    }

    @Test
    void aBlobThatBreaksOffAndCannotBeTakenUpIsSaid() {
        registry.on(BLOB_PATH, exchange -> {
            exchange.sendResponseHeaders(200, BLOB.length);
            exchange.getResponseBody().write(BLOB, 0, 50_000);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        assertThatThrownBy(() -> read(Asking.in(folder)))
                .hasMessageContaining("broke off after ")
                .hasMessageContaining("the rest is not to be had (status 200 where 206 is expected)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-99999/100000", "bytes 50000-99999/7", "50000", ""})
    void aPartThatIsNotTheOneThatWasAskedForIsRefused(String range) {
        registry.on(BLOB_PATH, exchange -> {
            if (TestRegistry.rangeStart(exchange).isEmpty()) {
                cut(exchange, 50_000);
            } else {
                exchange.getResponseHeaders().add("Content-Range", range);
                answer(exchange, 206, Arrays.copyOfRange(BLOB, 50_000, BLOB.length));
            }
        });
        assertThatThrownBy(() -> read(Asking.in(folder))).hasMessageContaining("another part came");
    }

    @Test
    void aBlobThatBreaksOffAgainAndAgainIsGivenUp() {
        registry.on(BLOB_PATH, exchange -> cut(exchange, 0));
        var asking = Asking.in(folder);
        assertThatThrownBy(() -> read(asking)).hasMessageContaining("broke off ");
        assertThat(registry.asked()).hasSizeLessThan(50);
    }

    @Test
    void aBlobThatDripsIsGivenUp() {
        registry.on(BLOB_PATH, exchange -> cut(exchange, 100));
        assertThatThrownBy(() -> read(Asking.in(folder)))
                .hasMessageContaining("broke off " + (BlobStream.MAX_RESUMES + 1) + " times");
    }

    @Test
    void aBlobOfOneByteASecondIsGivenUp() {
        registry.on(BLOB_PATH, exchange -> slowly(exchange, BLOB.length));
        assertThatThrownBy(() -> read(Asking.in(folder).pace(Duration.ofMillis(300), 1024)))
                .hasMessageContaining("comes too slowly");
    }

    @Test
    void anEndlessBlobIsLeftBehindItsLastByte() {
        registry.on(BLOB_PATH, HostileRegistryTest::endless);
        assertThatThrownBy(() -> read(Asking.in(folder)))
                .hasMessageContaining("is longer than the " + BLOB.length + " bytes that its manifest says");
    }

    @Test
    void aBlobOfAnotherSizeIsNotRead() {
        registry.on(BLOB_PATH, exchange -> answer(exchange, 200, random(7)));
        assertThatThrownBy(() -> read(Asking.in(folder)))
                .hasMessageContaining("has 7 bytes where its manifest says " + BLOB.length);
    }

    @Test
    void whatDripsIntoTheReaderSlowlyIsNotTheSourcesFault() throws IOException {
        registry.on(BLOB_PATH, exchange -> TestRegistry.blob(exchange, BLOB));
        try (var client = Asking.in(folder).pace(Duration.ofMillis(50), 1 << 20).client();
                var blob = client.image(reference("a:1"), MOST)
                        .blob(Digest.parse(digest(BLOB)).orElseThrow(), BLOB.length)) {
            var read = 0;
            for (var count = blob.read(new byte[20_000]); count > 0; count = blob.read(new byte[20_000])) {
                read += count;
                Asleep.aWhile();
            }
            assertThat(read).isEqualTo(BLOB.length);
        }
    }

    private byte[] read(Asking asking) throws IOException {
        try (var client = asking.client();
                var blob = client.image(reference("a:1"), MOST)
                        .blob(Digest.parse(digest(BLOB)).orElseThrow(), BLOB.length)) {
            return blob.readAllBytes();
        }
    }

    private void assertFails(Asking asking, String words) {
        try (var client = asking.client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith(registry.host())
                    .hasMessageContaining(words);
        }
    }

    private Reference reference(String name) throws ImageException {
        return Reference.parse(registry.host() + "/" + name);
    }

    /// Gives so many bytes of what was asked for, and ends the connection.
    private static void cut(HttpExchange exchange, int most) throws IOException {
        var from = TestRegistry.rangeStart(exchange);
        var start = from.orElse(0);
        if (from.isPresent()) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + start + "-" + (BLOB.length - 1) + "/" + BLOB.length);
        }
        exchange.sendResponseHeaders(from.isPresent() ? 206 : 200, BLOB.length - start);
        exchange.getResponseBody().write(BLOB, start, Math.min(most, BLOB.length - start));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static void slowly(HttpExchange exchange, long length) throws IOException {
        var from = TestRegistry.rangeStart(exchange);
        from.ifPresent(start -> exchange.getResponseHeaders()
                .add("Content-Range", "bytes " + start + "-" + (length - 1) + "/" + length));
        exchange.sendResponseHeaders(from.isPresent() ? 206 : 200, length - from.orElse(0));
        while (true) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Asleep.aWhile();
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[1 << 16]);
        }
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    /// A server that takes its time.
    private static final class Asleep {

        static void aWhile() throws IOException {
            sleep(Duration.ofMillis(100));
        }

        static void untilInterrupted() throws IOException {
            sleep(Duration.ofMinutes(10));
        }

        private static void sleep(Duration time) throws IOException {
            try {
                Thread.sleep(time);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IOException("the test is over");
            }
        }
    }
}
