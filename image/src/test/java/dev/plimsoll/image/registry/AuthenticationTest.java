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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the client proves who asks: a registry that demands it, and a token server beside it.
class AuthenticationTest {

    private static final int MOST = 1 << 20;
    private static final ImageBytes IMAGE = image().gzip(tar().file("a", "x").end());

    @TempDir
    Path folder;

    private TestRegistry registry;
    private TestRegistry server;
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicReference<String> valid = new AtomicReference<>("");

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start().serving("a", "1", IMAGE).serving("b", "1", IMAGE);
        server = TestRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    @Test
    void aPasswordIsShownWhereTheRegistryDemandsOneAndNotBefore() throws IOException {
        registry.demanding("Basic realm=\"here\"", basic("user", "pässword"));
        try (var client = Asking.in(folder).as("user", "pässword").client()) {
            client.image(reference("a:1"), MOST);
        }

        assertThat(registry.asked())
                .extracting(TestRegistry.Asked::authorization)
                .startsWith("", "")
                .endsWith(basic("user", "pässword"));
    }

    @Test
    void aWrongPasswordIsShownOnceAndNeverSaid() {
        registry.demanding("Basic realm=\"here\"", "Basic other");
        try (var client = Asking.in(folder).as("user", "hidden").client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("(UNAUTHORIZED: log in)")
                    .hasMessageContaining("the credentials of the command")
                    .hasMessageNotContaining("hidden")
                    .hasMessageNotContaining(basic("user", "hidden").substring(6));
        }
        assertThat(registry.asked())
                .filteredOn(one -> !one.authorization().isEmpty())
                .hasSize(1);
    }

    @Test
    void withoutALoginTheMessageSaysHowToGetOne() {
        registry.demanding("Basic realm=\"here\"", "Basic other");
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("the registry demands a login; no credentials were found for it")
                    .hasMessageContaining("--registry-username");
        }
    }

    @Test
    void aTokenIsFetchedOnceForAScopeAndSentToTheRegistryAlone() throws IOException {
        tokens(60);
        try (var client = Asking.in(folder).as("user", "password").client()) {
            var found = client.image(reference("a:1"), MOST);
            var configuration = bytes(IMAGE.configuration());
            found.blob(Digest.parse(digest(configuration)).orElseThrow(), configuration.length)
                    .close();
            client.image(reference("a:1"), MOST);
            assertThat(server.asked()).hasSize(1);
            client.image(reference("b:1"), MOST);
        }

        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().getFirst().authorization()).isEqualTo(basic("user", "password"));
        assertThat(server.asked().getFirst().target())
                .isEqualTo(
                        "/token?service=registry.test&scope=repository%3Aa%3Apull&client_id=plimsoll&offline_token=true");
        assertThat(registry.asked())
                .extracting(TestRegistry.Asked::authorization)
                .allMatch(header -> header.isEmpty() || header.startsWith("Bearer token-"));
    }

    @Test
    void publicImagesNeedATokenAndNoLogin() throws IOException {
        tokens(60);
        try (var client = Asking.in(folder).client()) {
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).hasSize(1);
        assertThat(server.asked().getFirst().authorization()).isEmpty();
        assertThat(server.asked().getFirst().target()).doesNotContain("offline_token");
    }

    @Test
    void aTokenThatEndsIsRenewedBeforeItIsRefused() throws IOException {
        tokens(300);
        var asking = Asking.in(folder);
        try (var client = asking.client()) {
            client.image(reference("a:1"), MOST);
            asking.now = asking.now.plusSeconds(294);
            client.image(reference("a:1"), MOST);
            assertThat(server.asked()).hasSize(1);
            asking.now = asking.now.plusSeconds(2);
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).hasSize(2);
        assertThat(registry.asked())
                .filteredOn(one -> one.authorization().isEmpty())
                .hasSize(2);
    }

    @Test
    void aTokenThatTheRegistryForgotIsRenewedOnce() throws IOException {
        tokens(300);
        try (var client = Asking.in(folder).client()) {
            client.image(reference("a:1"), MOST);
            valid.set("another");
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aRegistryThatRefusesEveryTokenIsAskedNoMore() {
        server.on("/token", exchange -> answer(exchange, 200, "{\"token\":\"never-good\"}"));
        registry.demanding(challenge(), "Bearer good");
        try (var client = Asking.in(folder).as("user", "hidden").client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("refuses what it asked for itself (UNAUTHORIZED: log in)")
                    .hasMessageNotContaining("never-good")
                    .hasMessageNotContaining("hidden");
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void anIdentityTokenIsExchangedAndReplacedByTheOneThatComesBack() throws IOException {
        registry.everywhere(inner -> exchange -> {
            if (("Bearer " + valid.get()).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                inner.handle(exchange);
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge());
                answer(exchange, 401, "");
            }
        });
        server.on("/token", exchange -> {
            valid.set("access-" + given.incrementAndGet());
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"" + valid.get() + "\",\"refresh_token\":\"next\",\"expires_in\":300}");
        });
        var asking = Asking.in(folder).as(new Credential.IdentityToken(Secret.of("identity +&")));
        try (var client = asking.client()) {
            client.image(reference("a:1"), MOST);
            asking.now = asking.now.plusSeconds(300);
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).extracting(TestRegistry.Asked::method).containsExactly("POST", "POST");
        assertThat(server.asked().getFirst().body())
                .isEqualTo("grant_type=refresh_token&service=registry.test&client_id=plimsoll"
                        + "&scope=repository%3Aa%3Apull&refresh_token=identity+%2B%26");
        assertThat(server.asked().getLast().body()).endsWith("&refresh_token=next");
    }

    @Test
    void whereARefreshTokenIsNotTakenThePasswordIsShownAgain() throws IOException {
        registry.everywhere(inner -> exchange -> {
            if (("Bearer " + valid.get()).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                inner.handle(exchange);
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge());
                answer(exchange, 401, "");
            }
        });
        server.on("/token", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, "");
                return;
            }
            valid.set("access-" + given.incrementAndGet());
            answer(exchange, 200, "{\"token\":\"" + valid.get() + "\",\"refresh_token\":\"r\"}");
        });
        var asking = Asking.in(folder).as("user", "password");
        try (var client = asking.client()) {
            client.image(reference("a:1"), MOST);
            asking.now = asking.now.plusSeconds(60);
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).extracting(TestRegistry.Asked::method).containsExactly("GET", "POST", "GET");
    }

    @Test
    void aRegistryTokenIsSentAsItIs() throws IOException {
        registry.demanding(challenge(), "Bearer given");
        try (var client = Asking.in(folder)
                .as(new Credential.RegistryToken(Secret.of("given")))
                .client()) {
            client.image(reference("a:1"), MOST);
        }

        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenServerThatAnswersAPageIsSaid() {
        server.on("/token", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            answer(exchange, 200, "<html>please log in</html>");
        });
        registry.demanding(challenge(), "Bearer good");
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("answers with something that is no JSON object (text/html)");
        }
    }

    @Test
    void aTokenServerThatRefusesIsSaid() {
        server.on("/token", exchange -> answer(exchange, 401, "{\"details\":\"no\"}"));
        registry.demanding(challenge(), "Bearer good");
        try (var client = Asking.in(folder).as("user", "hidden").client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("the token server " + server.host() + " of " + registry.host()
                            + " refuses (status 401): asked with the credentials of the command")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Test
    void aTokenServerThatNeverEndsIsLeft() {
        server.on("/token", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var spaces = new byte[1 << 16];
            java.util.Arrays.fill(spaces, (byte) ' ');
            while (true) {
                exchange.getResponseBody().write(spaces);
            }
        });
        registry.demanding(challenge(), "Bearer good");
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("answers with more than " + Tokens.MAX_ANSWER + " bytes");
        }
    }

    @Test
    void aTokenThatWouldWriteHeadersIsNoToken() {
        server.on("/token", exchange -> answer(exchange, 200, "{\"token\":\"a\\r\\nX-Other: b\"}"));
        registry.demanding(challenge(), "Bearer good");
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST)).hasMessageContaining("gives no token");
        }
    }

    @Test
    void aTokenServerOnThisMachineIsNotAskedOnTheWordOfAPublicRegistry() {
        registry.demanding("Bearer realm=\"http://localhost:" + server.port() + "/token\"", "Bearer good");
        try (var client = Asking.in(folder)
                .as("user", "password")
                .believing("127.0.0.1", "93.184.216.34")
                .client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("leads to localhost, which is this machine");
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenServerOfNoUseIsSaid() {
        registry.demanding("Bearer realm=\"file:///etc/passwd\"", "Bearer good");
        try (var client = Asking.in(folder).client()) {
            assertThatThrownBy(() -> client.image(reference("a:1"), MOST))
                    .hasMessageContaining("names no address of a token server");
        }
    }

    @Test
    void aRegistryThatSaysWhatItDemandsOnlyAtItsRootIsUnderstood() throws IOException {
        registry.everywhere(inner -> exchange -> {
            if (basic("user", "password").equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                inner.handle(exchange);
                return;
            }
            if (exchange.getRequestURI().getPath().equals("/v2/")) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
            }
            answer(exchange, 401, "");
        });
        try (var client = Asking.in(folder).as("user", "password").client()) {
            assertThat(client.image(reference("a:1"), MOST).root().size()).isPositive();
        }
    }

    /// Lets the server give tokens that the registry takes, each until the next one is given.
    private void tokens(int seconds) {
        server.on("/token", exchange -> {
            valid.set("token-" + given.incrementAndGet());
            answer(exchange, 200, "{\"token\":\"" + valid.get() + "\",\"expires_in\":" + seconds + "}");
        });
        registry.everywhere(inner -> exchange -> {
            if (("Bearer " + valid.get()).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                inner.handle(exchange);
                return;
            }
            var scope = exchange.getRequestURI().getPath().replaceFirst("/v2/([^/]*).*", "repository:$1:pull");
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge() + ",scope=\"" + scope + "\"");
            answer(exchange, 401, "");
        });
    }

    private String challenge() {
        return "Bearer realm=\"http://" + server.host() + "/token\",service=\"registry.test\"";
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Reference reference(String name) throws ImageException {
        return Reference.parse(registry.host() + "/" + name);
    }
}
