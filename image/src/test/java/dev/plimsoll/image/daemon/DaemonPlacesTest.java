package dev.plimsoll.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.daemon.Endpoint.Tcp;
import dev.plimsoll.image.daemon.Endpoint.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonPlacesTest {

    @TempDir
    Path home;

    @Test
    void withoutSettingsTheUsualSocketsAreTried() throws Exception {
        assertThat(docker(Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
                .containsExactly(
                        socket("/var/run/docker.sock"),
                        socket("/run/user/7/docker.sock"),
                        socket(home + "/.docker/run/docker.sock"),
                        socket(home + "/.docker/desktop/docker.sock"));
        assertThat(podman(Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
                .containsExactly(socket("/run/user/7/podman/podman.sock"), socket("/run/podman/podman.sock"));
        assertThat(podman(Map.of())).containsExactly(socket("/run/podman/podman.sock"));
    }

    @Test
    void whatIsSetCountsAloneAndInThisOrder() throws Exception {
        context("desk", "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///desk\"}}}");
        context("shop", "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://shop:1\",\"SkipTLSVerify\":true}}}");
        configuration("{\"currentContext\":\"desk\"}");

        assertThat(docker(Map.of())).containsExactly(socket("/desk"));
        assertThat(docker(Map.of("DOCKER_CONTEXT", "default"))).hasSize(3);
        assertThat(docker(Map.of("DOCKER_CONTEXT", "shop")))
                .containsExactly(new Tcp("shop", 1, Optional.of(new TlsFiles(tlsFolder("shop"), false))));
        assertThat(docker(Map.of("DOCKER_CONTEXT", "shop", "DOCKER_HOST", "unix:///host")))
                .containsExactly(socket("/host"));
        assertThat(podman(Map.of("CONTAINER_HOST", "tcp://127.0.0.1:8080")))
                .containsExactly(new Tcp("127.0.0.1", 8080, Optional.empty()));
    }

    @Test
    void aContextWithKeysSpeaksTls() throws Exception {
        context("desk", "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://desk\"}}}");
        Files.createDirectories(tlsFolder("desk"));

        assertThat(docker(Map.of("DOCKER_CONTEXT", "desk")))
                .containsExactly(new Tcp("desk", 2376, Optional.of(new TlsFiles(tlsFolder("desk"), true))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', false, false, 2375",
        "1, '', '', true, true, 2376",
        "'', 1, '', true, false, 2376",
        "1, 1, '', true, true, 2376",
        "'', '', /keys, true, true, 2376",
        "1, '', /keys, true, true, 2376",
        "'', 1, /keys, true, false, 2376"
    })
    void tlsIsAskedForByAnyOfThreeVariables(
            String verify, String tls, String folder, boolean encrypted, boolean verified, int port) throws Exception {
        var place = (Tcp) docker(Map.of(
                        "DOCKER_HOST",
                        "tcp://h",
                        "DOCKER_TLS_VERIFY",
                        verify,
                        "DOCKER_TLS",
                        tls,
                        "DOCKER_CERT_PATH",
                        folder))
                .getFirst();

        assertThat(place.port()).isEqualTo(port);
        assertThat(place.tls())
                .isEqualTo(
                        encrypted
                                ? Optional.of(new TlsFiles(
                                        folder.isEmpty() ? home.resolve(".docker") : Path.of(folder), verified))
                                : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npipe:////./pipe/docker_engine | Windows' named pipes are not read",
                "ssh://root@host | forward the socket (ssh -nNT -L",
                "http://host | write unix:///path/of/the.sock or tcp://host:port",
                "/var/run/docker.sock | write unix:///path/of/the.sock or tcp://host:port",
                "fd:// | write unix:///path/of/the.sock or tcp://host:port",
                "unix://relative.sock | a socket's path begins with a slash",
                "tcp://host:99999 | write tcp://host:port",
                "tcp://host/path | write tcp://host:port",
                "tcp://user@host | write tcp://host:port",
                "tcp:// | write tcp://host:port",
            })
    void otherPlacesAreRefusedWithARemedy(String host, String reason) {
        assertThatThrownBy(() -> docker(Map.of("DOCKER_HOST", host)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageStartingWith("--docker-host or DOCKER_HOST: '" + host + "': ")
                .hasMessageContaining(reason);
    }

    @Test
    void aHostMayBeAnAddressOfSix() throws Exception {
        var place = docker(Map.of("DOCKER_HOST", "tcp://[::1]:5")).getFirst();

        assertThat(place).isEqualTo(new Tcp("::1", 5, Optional.empty())).hasToString("tcp://[::1]:5");
    }

    @Test
    void aContextThatIsNotThereOrBrokenIsTold() throws Exception {
        assertThatThrownBy(() -> docker(Map.of("DOCKER_CONTEXT", "gone")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("DOCKER_CONTEXT names the docker context 'gone', which is not there");
        context("bad", "[]");
        assertThatThrownBy(() -> docker(Map.of("DOCKER_CONTEXT", "bad")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("meta.json: is not a JSON object");
        context("empty", "{}");
        assertThatThrownBy(() -> docker(Map.of("DOCKER_CONTEXT", "empty")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("names no host");
        configuration("{".repeat(1000));
        assertThatThrownBy(() -> docker(Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("config.json: cannot be read");
    }

    @Test
    void whereNobodyListensEachPlaceIsToldWithItsReason() throws Exception {
        var daemon = new FakeDaemon(home);
        daemon.close();
        assertThatThrownBy(() ->
                        Daemons.DOCKER.connect(settings(Map.of("DOCKER_HOST", daemon.host())), DaemonLimits.DEFAULTS))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(daemon.host() + " is there and nobody listens (connection refused)");
        assertThatThrownBy(() -> Daemons.PODMAN.connect(
                        settings(Map.of("CONTAINER_HOST", "unix:///nowhere/x.sock")), DaemonLimits.DEFAULTS))
                .isInstanceOf(ImageException.class)
                .hasMessage("no podman service answers: unix:///nowhere/x.sock is not there. Start it (systemctl --user"
                        + " start podman.socket), name its place (CONTAINER_HOST), or read its storage:"
                        + " containers-storage:NAME");
    }

    private List<Endpoint> docker(Map<String, String> environment) throws ImageException {
        return DaemonPlaces.docker(settings(environment));
    }

    private List<Endpoint> podman(Map<String, String> environment) throws ImageException {
        return DaemonPlaces.podman(settings(environment));
    }

    private DaemonSettings settings(Map<String, String> environment) {
        return new DaemonSettings(environment, home);
    }

    private static UnixSocket socket(String path) {
        return new UnixSocket(Path.of(path));
    }

    private void configuration(String json) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), json);
    }

    private void context(String name, String json) throws IOException {
        var folder = home.resolve(".docker/contexts/meta").resolve(id(name));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("meta.json"), json);
    }

    private Path tlsFolder(String name) {
        return home.resolve(".docker/contexts/tls").resolve(id(name)).resolve("docker");
    }

    /// What `printf NAME | sha256sum` tells, so that the code's own hash is held against another's.
    private static String id(String name) {
        return switch (name) {
            case "desk" -> "49be417ad74080a0031b636b44cfc26fdd0065492d6cd3b033960c4414955cf7";
            case "shop" -> "8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20";
            case "bad" -> "2f05d4b689d270cafb02285f35f44866f7dc8a2d368a3f9d1124373eeab31fb1";
            case "empty" -> "2e1cfa82b035c26cbbbdae632cea070514eb8b773f616aaeaf668e2f0be8f10d";
            default -> throw new IllegalArgumentException(name);
        };
    }
}
