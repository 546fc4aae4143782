package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A real Docker engine, started here in a temporary folder, on a Unix socket and on TCP with TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealDockerTest {

    private static final ImageBytes IMAGE = image().plain(tar().directory("etc/")
                    .file("etc/a", "one")
                    .symbolicLink("etc/l", "a")
                    .end())
            .plain(tar().file("etc/.wh.a", "").file("etc/b", "two").end());
    private static final ImageBytes ARM =
            image().architecture("arm64").plain(tar().file("arm", "x").end());

    private Path folder = Path.of("");
    private @Nullable Process daemon;
    private String socket = "";
    private String tcp = "";

    @BeforeAll
    void start() throws Exception {
        Tools.needed(
                Tools.isRoot() && Tools.isOnPath("dockerd") && Tools.isOnPath("docker") && Tools.isOnPath("openssl"),
                "dockerd, docker and openssl, run by root");
        folder = Files.createTempDirectory("docker-");
        certificates(folder);
        socket = "unix://" + folder.resolve("d.sock");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            tcp = "tcp://127.0.0.1:" + free.getLocalPort();
        }
        Files.writeString(folder.resolve("daemon.json"), "{}");
        daemon = new ProcessBuilder(List.of(
                        "dockerd",
                        "--config-file",
                        path("daemon.json"),
                        "--host",
                        socket,
                        "--host",
                        tcp,
                        "--tlsverify",
                        "--tlscacert",
                        path("ca.pem"),
                        "--tlscert",
                        path("server.pem"),
                        "--tlskey",
                        path("server-key.pem"),
                        "--data-root",
                        path("data"),
                        "--exec-root",
                        path("exec"),
                        "--pidfile",
                        path("pid"),
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none",
                        "--storage-driver",
                        "vfs"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Tools.needed(answers(), "a dockerd that starts (" + lastLine(folder.resolve("log")) + ")");
        load(IMAGE, "shop/web:1");
        load(ARM, "arm:1");
    }

    @AfterAll
    void stop() throws Exception {
        if (daemon != null) {
            daemon.destroy();
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
        }
        if (Files.exists(folder.resolve("daemon.json"))) {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }

    @Test
    void anImageIsTheSameByNameAndByIdAndAsAnArchive() throws Exception {
        var id = ImageBytes.digest(ImageBytes.bytes(IMAGE.configuration()));
        var file = ImageBytes.archive(folder.resolve("same.tar"), IMAGE.dockerArchive("shop/web:1"));
        List<Seen> archived;
        try (var image = Images.open(file.toString(), OpenOptions.defaults())) {
            archived = read(image);
        }
        for (var name : List.of(
                "shop/web:1", "docker.io/shop/web:1", id, id.substring(7), id.substring(7, 19), id.substring(0, 19))) {
            try (var image = open("docker:" + name, Map.of())) {
                assertThat(image.id()).hasToString("Optional[" + id + "]");
                assertThat(image.names()).containsExactly("shop/web:1");
                assertThat(image.verified()).isTrue();
                assertThat(image.configuration().orElseThrow().environment()).containsExactly("A=1");
                assertThat(read(image)).usingRecursiveComparison().isEqualTo(archived);
            }
        }
    }

    @Test
    void whatIsNotThereAndOtherPlatformsAreTold() {
        assertThatThrownBy(() -> open("docker:shop/wep", Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessage("docker at " + socket + " has no image \"shop/wep\"; it has: arm:1, shop/web:1");
        assertThatThrownBy(() -> open("docker:arm:1", Map.of(), Optional.of(new Platform("linux", "amd64", ""))))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("\"arm:1\" is there for linux/arm64, not for linux/amd64");
    }

    @Test
    void overTlsWithTheKeysThatDockerDocumentsIsTheSame() throws Exception {
        var older = folder.resolve("older");
        Files.createDirectories(older);
        for (var name : List.of("ca.pem", "cert.pem")) {
            Files.copy(folder.resolve(name), older.resolve(name));
        }
        Tools.run(
                "openssl",
                "rsa",
                "-traditional",
                "-in",
                path("key.pem"),
                "-out",
                older.resolve("key.pem").toString());
        for (var keys : List.of(folder, older)) {
            try (var image = open("docker:shop/web:1", tls(keys))) {
                assertThat(image.origin()).isEqualTo("docker at " + tcp);
                assertThat(read(image)).hasSize(2);
            }
        }
    }

    @Test
    void aContextOfDockersLeadsThere() throws Exception {
        var home = Files.createDirectories(folder.resolve("home/.docker"));
        var environment = Map.of("HOME", home.getParent().toString(), "DOCKER_CONFIG", home.toString());
        Tools.run(
                environment,
                "docker",
                "context",
                "create",
                "desk",
                "--docker",
                "host=" + tcp + ",ca=" + path("ca.pem") + ",cert=" + path("cert.pem") + ",key=" + path("key.pem"));
        Tools.run(environment, "docker", "context", "use", "desk");
        var variables = new HashMap<>(environment);
        variables.put("DOCKER_HOST", "");
        try (var image = open("docker:shop/web:1", variables)) {
            assertThat(image.origin()).isEqualTo("docker at " + tcp);
        }
    }

    @Test
    void aStrangersCertificateAndACallerWithoutOneAreRefused() throws Exception {
        var strange = Files.createDirectories(folder.resolve("strange"));
        certificates(strange);
        assertThatThrownBy(() -> open("docker:shop/web:1", tls(strange)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(tcp + " does not agree on TLS");
        // with the right key of ours it is we who refuse the daemon
        for (var name : List.of("cert.pem", "key.pem")) {
            Files.copy(folder.resolve(name), strange.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThatThrownBy(() -> open("docker:shop/web:1", tls(strange)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(tcp + " does not agree on TLS");
        var without = Files.createDirectories(folder.resolve("without"));
        Files.copy(folder.resolve("ca.pem"), without.resolve("ca.pem"));
        assertThatThrownBy(() -> open("docker:shop/web:1", tls(without)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(tcp);
        assertThatThrownBy(() -> open("docker:shop/web:1", Map.of("DOCKER_HOST", tcp)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(tcp);
    }

    private Map<String, String> tls(Path keys) {
        return Map.of("DOCKER_HOST", tcp, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", keys.toString());
    }

    private Image open(String where, Map<String, String> more) throws IOException {
        return open(where, more, Optional.empty());
    }

    private Image open(String where, Map<String, String> more, Optional<Platform> platform) throws IOException {
        var variables = new HashMap<>(Map.of("DOCKER_HOST", socket, "HOME", folder.toString()));
        variables.putAll(more);
        var context = SourceContext.of(OpenOptions.of(platform, ImageLimits.DEFAULTS));
        return Images.open(where, context.withEnvironment(variables));
    }

    private static List<Seen> read(Image image) throws IOException {
        return image.readLayers(_ -> new Seen(), ReadOptions.defaults()).stream()
                .map(Image.LayerResult::found)
                .toList();
    }

    private void load(ImageBytes image, String name) throws Exception {
        var file = ImageBytes.archive(folder.resolve("load.tar"), image.dockerArchive(name));
        Tools.run("docker", "-H", socket, "load", "-i", file.toString());
    }

    /// An engine needs some seconds, or ends.
    private boolean answers() throws Exception {
        for (var i = 0; i < 300 && daemon != null && daemon.isAlive(); i++) {
            var asked = new ProcessBuilder("docker", "-H", socket, "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (asked.waitFor() == 0) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /// As docker's documentation makes them: an authority, a key for the daemon, a key for its clients.
    private static void certificates(Path folder) throws Exception {
        var extensions = Files.writeString(folder.resolve("extensions"), "subjectAltName=IP:127.0.0.1\n");
        openssl(folder, "req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 30 -subj /CN=ca");
        for (var name : List.of("server", "client")) {
            var certificate = name.equals("server") ? "server.pem" : "cert.pem";
            var key = name.equals("server") ? "server-key.pem" : "key.pem";
            openssl(folder, "req -newkey rsa:2048 -nodes -keyout " + key + " -out request.pem -subj /CN=" + name);
            openssl(
                    folder,
                    "x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 30 -out "
                            + certificate + " -extfile " + extensions.getFileName());
        }
    }

    private static void openssl(Path folder, String arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
