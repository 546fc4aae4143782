package dev.plimsoll.image.daemon;

import static dev.plimsoll.image.daemon.FakeDaemon.json;
import static dev.plimsoll.image.daemon.FakeDaemon.raw;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lawful answers, and those of a daemon that means ill.
@Timeout(60)
class DaemonClientTest {

    private static final String ID = "sha256:" + "a".repeat(64);
    private static final DaemonLimits SHORT = new DaemonLimits(
            Duration.ofSeconds(2),
            Duration.ofMillis(600),
            Duration.ofMillis(600),
            Duration.ofMillis(400),
            Duration.ofMillis(800),
            1 << 20,
            8 << 10,
            100_000,
            1000);
    private static final String IMAGE = """
            {"Id":"%s","RepoTags":["a:1"],"RepoDigests":["a@%s"],"Os":"linux","Architecture":"arm","Variant":"v7",
             "RootFS":{"Type":"layers","Layers":["%s"]}}""".formatted(ID, ID, ID);

    @TempDir
    Path folder;

    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(folder);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void tellsWhatTheDaemonKnowsOfAnImage() throws Exception {
        daemon.on("/v1.41/images/a/json", json(IMAGE));

        assertThat(client().inspect("a", Optional.empty()))
                .contains(new DaemonImage(
                        ID, List.of("a:1"), List.of("a@" + ID), new Platform("linux", "arm", "v7"), List.of(ID)));
        assertThat(client().inspect("b", Optional.empty())).isEmpty();
        assertThat(client().origin()).isEqualTo("docker at " + daemon.host());
    }

    @Test
    void asksInTheNewestVersionThatBothUnderstand() throws Exception {
        daemon.on(
                "/version",
                json(
                        "{\"ApiVersion\":\"1.99\",\"MinAPIVersion\":\"1.24\",\"Components\":[{\"Name\":\"Podman Engine\"}]}"));
        client().inspect("a", Optional.of(new Platform("linux", "arm64", "")));

        assertThat(daemon.asked().getLast())
                .isEqualTo(
                        "/v1.49/images/a/json?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm64%22%7D");
        assertThat(client().origin()).startsWith("podman at ");
        daemon.on("/version", json("{\"ApiVersion\":\"1.99\",\"MinAPIVersion\":\"1.60\"}"));
        client().inspect("a", Optional.empty());
        assertThat(daemon.asked().getLast()).isEqualTo("/v1.60/images/a/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../containers/json", "a/../b", "a?x=y", "a b", "a%2fb", "", "a#b", "a\r\nX: y", ".a", "a//b"})
    void aNameThatIsNoneNeverReachesTheDaemon(String name) throws Exception {
        var client = client();

        assertThatThrownBy(() -> client.inspect(name, Optional.empty()))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThat(daemon.asked()).containsExactly("/version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:1",
                "localhost:5000/a/b_c:1",
                "127.0.0.1:5000/x",
                "sha256:aaaa",
                "5366f600fc36",
                "a@sha256:0123",
                "a:1@sha256:0123",
                "docker.io/library/debian:12-slim"
            })
    void namesIdsAndDigestsReachItAsTheyAre(String name) throws Exception {
        client().inspect(name, Optional.empty());

        assertThat(daemon.asked().getLast()).isEqualTo("/v1.41/images/" + name + "/json");
    }

    @Test
    void anEndlessLineOfHeadersEnds() throws Exception {
        fails(out -> endless(out, "HTTP/1.1 200 OK\r\nA: ", "b"), "headers of more than 8192 bytes");
        fails(out -> endless(out, "HTTP/1.1 200 OK\r\n", "A: b\r\n"), "headers of more than 8192 bytes");
    }

    @Test
    void anEndlessDocumentEnds() throws Exception {
        fails(
                out -> endless(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n[",
                        "1,"),
                "JSON that cannot be read");
        fails(json("[" + "[],".repeat(1000) + "[]]"), "over 1000 values");
    }

    @Test
    void aDaemonThatSaysNothingIsLeft() throws Exception {
        fails(_ -> Thread.sleep(10_000), "did not answer within 0.6 s");
    }

    @Test
    void aByteNowAndThenIsNoAnswer() throws Exception {
        fails(
                out -> {
                    for (var b : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            .repeat(100)
                            .getBytes(UTF_8)) {
                        out.write(b);
                        Thread.sleep(50);
                    }
                },
                "did not answer within 0.6 s");
    }

    @Test
    void aPageIsNoAnswer() throws Exception {
        fails(
                raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"),
                "text/html");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        fails(
                raw("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n"),
                "redirects /v1.41/images/a/json to http://127.0.0.1:1/x, which is not followed");
        assertThat(daemon.asked()).containsExactly("/version", "/v1.41/images/a/json");
    }

    @Test
    void anErrorIsToldInTheDaemonsWords() throws Exception {
        fails(
                raw(
                        "HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{\"message\":\"disk broken\"}"
                                .replace("24", "25")),
                "answers /v1.41/images/a/json with status 500: disk broken");
    }

    @Test
    void anExportMayTakeItsTimeButMustFlow() throws Exception {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n";
        daemon.on("/v1.41/images/" + ID + "/get", out -> {
            Thread.sleep(500);
            out.write(FakeDaemon.bytes(head + "2\r\nok\r\n0\r\n\r\n"));
        });
        try (var export = client().export(ID, Optional.empty())) {
            assertThat(export.readAllBytes()).isEqualTo("ok".getBytes(UTF_8));
        }
        daemon.on("/v1.41/images/" + ID + "/get", out -> {
            out.write(FakeDaemon.bytes(head));
            for (var i = 0; i < 1000; i++) {
                out.write(FakeDaemon.bytes("1\r\nx\r\n"));
                Thread.sleep(20);
            }
        });
        try (var export = client().export(ID, Optional.empty())) {
            assertThatThrownBy(export::readAllBytes)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining(daemon.host() + " sent less than 1048576 bytes in 0.8 s");
        }
        daemon.on("/v1.41/images/" + ID + "/get", out -> {
            out.write(FakeDaemon.bytes(head + "1\r\nx\r\n"));
            Thread.sleep(10_000);
        });
        try (var export = client().export(ID, Optional.empty())) {
            assertThatThrownBy(export::readAllBytes)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("sent nothing for 0.4 s");
        }
    }

    @Test
    void anExportThatBreaksOffIsNoExport() throws Exception {
        daemon.on(
                "/v1.41/images/" + ID + "/get",
                raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"));
        try (var export = client().export(ID, Optional.empty())) {
            assertThatThrownBy(export::readAllBytes)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("closed the connection");
        }
        daemon.on("/v1.41/images/" + ID + "/get", json("{\"message\":\"no space\"}"));
        assertThatThrownBy(() -> client().export(ID, Optional.empty()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("application/json where an archive is expected");
    }

    @Test
    void somebodyElseOnTheSocketIsNoEngine() {
        daemon.on("/version", raw("220 mail.example ESMTP\r\n"));
        assertThatThrownBy(this::client)
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("no docker daemon answers: " + daemon.host() + " does not answer in HTTP/1.1");
        daemon.on("/version", json("{}"));
        assertThatThrownBy(this::client)
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("this is no container engine");
    }

    @Test
    void whetherItHasAnImageIsAQuickQuestion() throws Exception {
        daemon.on("/images/a/json", json(IMAGE)).on("/images/slow/json", _ -> Thread.sleep(20_000));

        assertThat(Daemons.DOCKER.has("a", settings())).isTrue();
        assertThat(Daemons.DOCKER.has("b", settings())).isFalse();
        assertThat(Daemons.DOCKER.has("slow", settings())).isFalse();
        assertThat(Daemons.DOCKER.has("../a", settings())).isFalse();
        var nowhere = new DaemonSettings(Map.of("DOCKER_HOST", "unix:///nowhere"), folder);
        assertThat(Daemons.DOCKER.has("a", nowhere)).isFalse();
        var wrong = new DaemonSettings(Map.of("DOCKER_HOST", "nonsense"), folder);
        assertThat(Daemons.DOCKER.has("a", wrong)).isFalse();
    }

    private void fails(FakeDaemon.Answer answer, String reason) throws Exception {
        daemon.on("/v1.41/images/a/json", answer);
        var client = client();
        assertThatThrownBy(() -> client.inspect("a", Optional.empty()))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasMessageStartingWith("docker at " + daemon.host())
                .hasMessageContaining(reason);
    }

    private static void endless(java.io.OutputStream out, String head, String more) throws IOException {
        out.write(FakeDaemon.bytes(head));
        var block = FakeDaemon.bytes(more.repeat(1000));
        for (var i = 0; i < 1_000_000; i++) {
            out.write(block);
        }
    }

    private DaemonSettings settings() {
        return new DaemonSettings(Map.of("DOCKER_HOST", daemon.host()), folder);
    }

    private DaemonClient client() throws ImageException {
        return Daemons.DOCKER.connect(settings(), SHORT);
    }
}
