package dev.plimsoll.server.notify.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.testing.ScriptedServer;
import dev.plimsoll.server.testing.TestTls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class GuardedOutboundTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final AllowedPlaces LOOPBACK_ALLOWED = AllowedPlaces.of(List.of("127.0.0.0/8"));

    @TempDir
    static Path keys;

    private static TestTls tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(keys, "dns:hooks.example");
    }

    @Test
    void aRequestArrivesAsItWasMeant() throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("fine")))) {
            var answer = outbound(LOOPBACK_ALLOWED, SOON)
                    .send(HttpRequest.newBuilder(to(server, "/hook/%C3%BC?a=b%20c"))
                            .header("x-key", "value")
                            .POST(BodyPublishers.ofString("grüße"))
                            .build());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.beginning()).isEqualTo("fine");
            assertThat(answer.header("x-server")).contains("one");
            assertThat(server.requests().getFirst().split("\r\n", -1))
                    .containsExactly(
                            "POST /hook/%C3%BC?a=b%20c HTTP/1.1",
                            "host: hooks.example:" + server.port(),
                            "connection: close",
                            "accept-encoding: identity",
                            "user-agent: plimsoll/test",
                            "content-length: 7",
                            "x-key: value",
                            "",
                            "grüße");
        }
    }

    @Test
    void aRequestWithoutABodySaysNothingOfOne() throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("")))) {
            outbound(LOOPBACK_ALLOWED, SOON)
                    .send(HttpRequest.newBuilder(to(server, "")).GET().build());
            assertThat(server.requests().getFirst())
                    .startsWith("GET / HTTP/1.1\r\n")
                    .doesNotContain("content-length");
        }
    }

    @Test
    void loopbackIsRefusedUnlessItIsAllowed() throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("")))) {
            assertThatThrownBy(() -> post(outbound(AllowedPlaces.NONE, SOON), to(server, "/T0/secret")))
                    .isInstanceOf(OutboundRefusedException.class)
                    .hasMessage("nothing is sent to hooks.example: its address is 127.0.0.1, which is loopback. "
                            + "The operator may allow it by --private-destinations");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "2130706433", "[::ffff:127.0.0.1]", "localhost"})
    void soAreOtherWaysToWriteIt(String host) throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("")))) {
            var outbound = new GuardedOutbound(
                    new GuardedSockets(AllowedPlaces.NONE, Resolver.ofSystem(), SSLContext.getDefault()), "x");
            assertThatThrownBy(() -> post(outbound, URI.create("http://" + host + ":" + server.port() + "/")))
                    .isInstanceOf(IOException.class)
                    .satisfiesAnyOf(
                            refused -> assertThat(refused).isInstanceOf(OutboundRefusedException.class),
                            unknown -> assertThat(unknown).isInstanceOf(UnknownHostException.class));
            assertThat(server.requests()).isEmpty();
        }
    }

    /// The name server says a public address first, and loopback to whoever asks again.
    @Test
    void aHostIsLookedUpOnceAndTheCheckedAddressIsUsed() throws Exception {
        var asked = new AtomicInteger();
        Resolver rebinding =
                (_, _) -> List.of(asked.getAndIncrement() == 0 ? InetAddress.ofLiteral("192.0.2.1") : LOOPBACK);
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("")))) {
            var outbound = new GuardedOutbound(
                    new GuardedSockets(AllowedPlaces.of(List.of("192.0.2.0/24")), rebinding, SSLContext.getDefault()),
                    "x",
                    Duration.ofMillis(300),
                    Duration.ofSeconds(2));
            assertThatThrownBy(() -> post(outbound, to(server, "/"))).isInstanceOf(IOException.class);
            assertThat(asked).hasValue(1);
            assertThat(server.requests()).isEmpty();
            assertThatThrownBy(() -> post(outbound, to(server, "/"))).isInstanceOf(OutboundRefusedException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void ofSeveralAddressesThoseThatMayBeAskedAreAsked() throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> out.write(ok("")))) {
            Resolver several = (_, _) -> List.of(InetAddress.ofLiteral("169.254.169.254"), LOOPBACK);
            var outbound =
                    new GuardedOutbound(new GuardedSockets(LOOPBACK_ALLOWED, several, SSLContext.getDefault()), "x");
            assertThat(post(outbound, to(server, "/")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://hooks.example/", "file:///etc/passwd"})
    void otherSchemesAreRefused(String address) {
        assertThatThrownBy(() -> outbound(LOOPBACK_ALLOWED, SOON).send(new OddRequest(URI.create(address))))
                .isInstanceOf(OutboundRefusedException.class);
    }

    @Test
    void credentialsInTheAddressAreRefusedAndNotRepeated() {
        assertThatThrownBy(() ->
                        post(outbound(LOOPBACK_ALLOWED, SOON), URI.create("https://user:password@hooks.example/")))
                .isInstanceOf(OutboundRefusedException.class)
                .hasMessageContaining("hooks.example")
                .hasMessageNotContainingAny("user:", "password");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (var server = ScriptedServer.http(
                null,
                (_, out) -> out.write(
                        "HTTP/1.1 302 Found\r\nlocation: http://hooks.example/other\r\ncontent-length: 0\r\n\r\n"
                                .getBytes(UTF_8)))) {
            var answer = post(outbound(LOOPBACK_ALLOWED, SOON), to(server, "/"));
            assertThat(answer.status()).isEqualTo(302);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void tlsProvesTheName() throws Exception {
        try (var server = ScriptedServer.http(tls.server(), (_, out) -> out.write(ok("secured")))) {
            var outbound = outbound(LOOPBACK_ALLOWED, SOON, tls.client());
            assertThat(post(outbound, secured("hooks.example", server, "/")).beginning())
                    .isEqualTo("secured");
            assertThatThrownBy(() -> post(outbound, secured("other.example", server, "/T0/secret")))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("no trusted connection to other.example")
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> post(outbound, secured("127.0.0.1", server, "/")))
                    .hasMessageStartingWith("no trusted connection to 127.0.0.1");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        try (var server = ScriptedServer.http(tls.server(), (_, out) -> out.write(ok("")))) {
            assertThatThrownBy(() -> post(
                            outbound(LOOPBACK_ALLOWED, SOON, SSLContext.getDefault()),
                            secured("hooks.example", server, "/")))
                    .hasMessageStartingWith("no trusted connection to hooks.example");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatHangsIsLeft() throws Exception {
        try (var server = ScriptedServer.start(connection -> Thread.sleep(60_000))) {
            assertThatThrownBy(() -> post(outbound(LOOPBACK_ALLOWED, Duration.ofMillis(400)), to(server, "/T0/secret")))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("hooks.example did not answer within 400 ms");
        }
    }

    @Test
    void soIsOneThatNeverFinishesItsHandshake() throws Exception {
        try (var server = ScriptedServer.start(connection -> Thread.sleep(60_000))) {
            assertThatThrownBy(() -> post(
                            outbound(LOOPBACK_ALLOWED, Duration.ofMillis(400), tls.client()),
                            secured("hooks.example", server, "/")))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    /// One byte at a time: each read succeeds, and no answer ever comes.
    @Test
    void soIsOneThatTrickles() throws Exception {
        try (var server = ScriptedServer.http(null, (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nx: ".getBytes(UTF_8));
            for (int i = 0; i < 1000; i++) {
                out.write('a');
                out.flush();
                Thread.sleep(50);
            }
        })) {
            assertThatThrownBy(() -> post(outbound(LOOPBACK_ALLOWED, Duration.ofMillis(500)), to(server, "/")))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void soIsOneThatDoesNotReadTheBody() throws Exception {
        try (var server = ScriptedServer.start(connection -> {
            connection.setReceiveBufferSize(1024);
            Thread.sleep(60_000);
        })) {
            assertThatThrownBy(() -> outbound(LOOPBACK_ALLOWED, Duration.ofMillis(500))
                            .send(HttpRequest.newBuilder(to(server, "/"))
                                    .POST(BodyPublishers.ofByteArray(new byte[RequestBytes.MOST_BODY]))
                                    .build()))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aNameServerThatHangsIsLeft() throws Exception {
        Resolver slow = (host, atMost) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException _) {
                // asked to end
            }
            throw new UnknownHostException(host);
        };
        var outbound = new GuardedOutbound(
                new GuardedSockets(LOOPBACK_ALLOWED, slow, SSLContext.getDefault()), "x", SOON, Duration.ofMillis(300));
        assertThatThrownBy(() -> post(outbound, URI.create("http://hooks.example/")))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aConnectionThatClosesWithoutAnAnswerIsAnError() throws Exception {
        try (var server = ScriptedServer.http(null, (_, _) -> {})) {
            assertThatThrownBy(() -> post(outbound(LOOPBACK_ALLOWED, SOON), to(server, "/")))
                    .hasMessage("the connection was closed without an answer");
        }
    }

    @Test
    void anAnswerThatComesBeforeTheBodyWasReadCounts() throws Exception {
        try (var server = ScriptedServer.start(connection -> {
            connection.getOutputStream().write("HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n".getBytes(UTF_8));
            connection.shutdownOutput();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            assertThat(post(outbound(LOOPBACK_ALLOWED, SOON), to(server, "/")).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void anInterruptedThreadLeaves() throws Exception {
        try (var server = ScriptedServer.start(connection -> Thread.sleep(60_000))) {
            var failure = new AtomicReference<Throwable>();
            var outbound = outbound(LOOPBACK_ALLOWED, Duration.ofSeconds(60));
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    post(outbound, to(server, "/"));
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            thread.interrupt();
            assertThat(thread.join(SOON)).isTrue();
            assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        }
    }

    static Outbound.Answer post(Outbound outbound, URI to) throws IOException {
        return outbound.send(
                HttpRequest.newBuilder(to).POST(BodyPublishers.ofString("{}")).build());
    }

    private static URI to(ScriptedServer server, String path) {
        return URI.create("http://hooks.example:" + server.port() + path);
    }

    private static URI secured(String host, ScriptedServer server, String path) {
        return URI.create("https://" + host + ":" + server.port() + path);
    }

    private static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nx-server: one\r\nx-server: two\r\ncontent-length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(UTF_8);
    }

    private static GuardedOutbound outbound(AllowedPlaces allowed, Duration whole) throws Exception {
        return outbound(allowed, whole, SSLContext.getDefault());
    }

    private static GuardedOutbound outbound(AllowedPlaces allowed, Duration whole, SSLContext tls) {
        return new GuardedOutbound(
                new GuardedSockets(allowed, (_, _) -> List.of(LOOPBACK), tls), "plimsoll/test", SOON, whole);
    }

    /// The JDK's builder makes no such request; others may.
    private static final class OddRequest extends HttpRequest {

        private final URI uri;

        OddRequest(URI uri) {
            this.uri = uri;
        }

        @Override
        public Optional<BodyPublisher> bodyPublisher() {
            return Optional.empty();
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.empty();
        }

        @Override
        public boolean expectContinue() {
            return false;
        }

        @Override
        public URI uri() {
            return uri;
        }

        @Override
        public Optional<HttpClient.Version> version() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of(), (_, _) -> true);
        }
    }
}
