package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a user says who asks a registry, and what a registry is asked. It lists tags to one user and to one token.
final class RegistryCommandsTest {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("ci:open sesame".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private HttpServer server;
    private String host;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        var path = exchange.getRequestURI().getPath();
        var text = path.endsWith("/tags/list")
                ? "{\"tags\":[\"1\",\"2\\u001b[31m\"]}"
                : path.endsWith("_catalog") ? "{\"repositories\":[\"shop/web\"]}" : "{}";
        var known = path.equals("/v2/") || authorization.equals(BASIC) || authorization.equals("Bearer t0ken");
        if (!known) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aPasswordComesFromAVariableWithoutANote() {
        var run = tags(Map.of("PLIMSOLL_REGISTRY_PASSWORD", "open sesame", "PLIMSOLL_REGISTRY_USERNAME", "ci"), "");

        assertThat(run.out()).startsWith("1\n2");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void whatARegistryListsCannotActOnATerminal() {
        assertThat(tags(Map.of("PLIMSOLL_REGISTRY_PASSWORD", "open sesame"), "", "--registry-username", "ci")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void aPasswordComesFromStandardInput() {
        var run = tags(Map.of(), "open sesame\n", "--registry-username", "ci", "--registry-password-stdin");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void aPasswordOnTheCommandLineWorksAndIsWarnedOf() {
        var run = tags(Map.of(), "", "--registry-username", "ci", "--registry-password", "open sesame");

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("rather set the variable PLIMSOLL_REGISTRY_PASSWORD")
                .doesNotContain("sesame");
    }

    @Test
    void aTokenStandsInPlaceOfBoth() {
        assertThat(tags(Map.of("PLIMSOLL_REGISTRY_TOKEN", "t0ken"), "").code()).isZero();
    }

    @Test
    void aRefusalSaysNoSecret() {
        var run = tags(Map.of("PLIMSOLL_REGISTRY_PASSWORD", "hidden"), "", "--registry-username", "ci");

        assertThat(run.code()).isEqualTo(ExitCode.ERROR.code());
        assertThat(run.err()).contains("refuses").doesNotContain("hidden");
    }

    @Test
    void halvesOfALoginAreMistakes() {
        assertThat(tags(Map.of(), "", "--registry-username", "ci").err()).contains("but no password");
        assertThat(tags(Map.of(), "", "--registry-password", "x").err()).contains("no --registry-username");
        assertThat(tags(Map.of(), "", "--registry-token", "t", "--registry-username", "ci")
                        .err())
                .contains("give one of them");
        assertThat(tags(Map.of(), "", "--registry-username", "ci", "--registry-password-stdin")
                        .err())
                .contains("nothing came on standard input");
        assertThat(tags(Map.of(), "", "--registry-ca", "missing.pem").err())
                .contains("--registry-ca: there is no file");
    }

    @Test
    void aCatalogueIsListed() {
        var run = run(
                Map.of("PLIMSOLL_REGISTRY_PASSWORD", "open sesame"),
                "",
                "image",
                "catalog",
                host,
                "--registry-username",
                "ci");

        assertThat(run.out()).isEqualTo("shop/web\n");
    }

    @Test
    void aLimitOfNamesIsKept() {
        assertThat(tags(Map.of("PLIMSOLL_REGISTRY_TOKEN", "t0ken"), "", "--max-names", "1")
                        .err())
                .contains("lists more than the limit of 1 (--max-names)");
    }

    @Test
    void plainHttpIsSpokenWithWhomTheUserNames() {
        assertThat(tags(
                                Map.of("PLIMSOLL_REGISTRY_TOKEN", "t0ken"),
                                "",
                                "--insecure-http",
                                "other.example,127.0.0.1",
                                "--insecure-skip-tls-verify",
                                "third.example")
                        .code())
                .isZero();
    }

    private Run tags(Map<String, String> variables, String in, String... options) {
        var arguments = new String[options.length + 3];
        arguments[0] = "image";
        arguments[1] = "tags";
        arguments[2] = host + "/shop/web";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return run(variables, in, arguments);
    }

    private Run run(Map<String, String> variables, String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var world = new HashMap<>(variables);
        world.put("HOME", folder.resolve("home").toString());
        var environment = new Environment(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                world,
                false,
                false,
                Optional.empty(),
                folder,
                Clock.fixed(Run.NOW, ZoneOffset.UTC));
        var code = Main.run(arguments, environment);
        environment.out().flush();
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
