package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real Podman service, and the storage that it keeps, each filled by skopeo in a temporary folder.
class RealPodmanTest {

    /// What a storage must bring back byte for byte: long names, links, whiteouts, devices, odd names, padding.
    private static final ImageBytes IMAGE = image().gzip(tar().directory("etc/")
                    .file("etc/a", "one")
                    .file("etc/empty", "")
                    .file("etc/" + "n".repeat(90), "long")
                    .pax('x', "path", "etc/pax-" + "p".repeat(200))
                    .file("etc/short", "pax")
                    .symbolicLink("etc/l", "../../../etc/passwd")
                    .hardLink("etc/h", "etc/a")
                    .directory("gone/")
                    .file("gone/x", "x")
                    .directory("opaque/")
                    .file("opaque/below", "below")
                    .file("etc/\u00e9", "latin")
                    .end())
            .gzip(tar().file("etc/.wh.a", "")
                    .file(".wh.gone", "")
                    .directory("opaque/")
                    .file("opaque/.wh..wh..opq", "")
                    .file("opaque/above", "above")
                    .header(new TarBytes.Header("etc/fifo", '6'))
                    .file("etc/big", "b".repeat(100_000))
                    .end());

    private Path folder = Path.of("");
    private final List<Process> services = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("podman-");
        ImageBytes.folder(folder.resolve("layout"), IMAGE.layout());
    }

    @AfterEach
    void stop() throws Exception {
        for (var service : services) {
            service.destroy();
            if (!service.waitFor(30, TimeUnit.SECONDS)) {
                service.destroyForcibly().waitFor();
            }
        }
        for (var root : List.of("root/overlay", "root/vfs")) {
            // the driver may mount its own folder upon itself
            new ProcessBuilder("umount", folder.resolve(root).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void anImageOfTheStorageIsThatOfTheLayout(String driver) throws Exception {
        fill(driver);
        var id = ImageBytes.hex(ImageBytes.bytes(IMAGE.configuration()));
        var digest = ImageBytes.digest(ImageBytes.bytes(IMAGE.manifest()));
        var layout = read(folder.resolve("layout").toString(), Map.of());
        var configuration = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"" + driver + "\" # the driver\ngraphroot = \"" + folder.resolve("root")
                        + "\"\nrunroot = \"/nowhere\"\n");

        for (var name : List.of(
                "shop/web:1",
                "localhost/shop/web:1",
                "web:1",
                id,
                id.substring(0, 12),
                "sha256:" + id,
                "@" + id,
                "shop/web@" + digest,
                "localhost/shop/web:1@" + digest)) {
            var explicit = "containers-storage:[" + driver + "@" + folder.resolve("root") + "+/run/x]" + name;
            try (var image = open(explicit, Map.of())) {
                assertThat(image.id()).isEqualTo(Digest.parse("sha256:" + id));
                assertThat(image.manifestDigest()).isEqualTo(Digest.parse(digest));
                assertThat(image.names()).containsExactly("localhost/shop/web:1");
                assertThat(image.repoDigests()).containsExactly("localhost/shop/web@" + digest);
                assertThat(image.verified()).isTrue();
            }
            assertThat(read(explicit, Map.of())).usingRecursiveComparison().isEqualTo(layout);
        }
        assertThat(read("containers-storage:shop/web:1", Map.of("CONTAINERS_STORAGE_CONF", configuration.toString())))
                .usingRecursiveComparison()
                .isEqualTo(layout);
        assertThatThrownBy(() ->
                        open("containers-storage:[" + driver + "@" + folder.resolve("root") + "]shop/wep", Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith("has no image \"shop/wep\"; it has: localhost/shop/web:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void whatWasChangedInTheStorageIsFoundOut(String driver) throws Exception {
        fill(driver);
        var where = "containers-storage:[" + driver + "@" + folder.resolve("root") + "]shop/web:1";
        var big = find("big");
        Files.writeString(big, "c".repeat(100_000));
        assertThatThrownBy(() -> read(where, Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("has digest");
        Files.writeString(big, "b".repeat(100_001));
        assertThatThrownBy(() -> read(where, Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("etc/big is longer than when the layer came into the storage");
        Files.delete(big);
        assertThatThrownBy(() -> read(where, Map.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("etc/big is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void theServiceGivesTheSameImage(String driver) throws Exception {
        fill(driver);
        Tools.needed(Tools.isOnPath("podman"), "podman");
        var socket = folder.resolve("p.sock");
        var log = folder.resolve("log").toFile();
        services.add(new ProcessBuilder(
                        "podman",
                        "--root",
                        folder.resolve("root").toString(),
                        "--runroot",
                        folder.resolve("run").toString(),
                        "--storage-driver",
                        driver,
                        "--cgroup-manager",
                        "cgroupfs",
                        "--events-backend",
                        "file",
                        "system",
                        "service",
                        "--time",
                        "0",
                        "unix://" + socket)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
        for (var i = 0; i < 300 && services.getFirst().isAlive() && !Files.exists(socket); i++) {
            Thread.sleep(100);
        }
        Tools.needed(
                Files.exists(socket),
                "a podman service that starts ("
                        + Files.readString(log.toPath()).strip() + ")");
        var environment = Map.of("CONTAINER_HOST", "unix://" + socket);
        var id = ImageBytes.hex(ImageBytes.bytes(IMAGE.configuration()));
        var digest = ImageBytes.digest(ImageBytes.bytes(IMAGE.manifest()));

        for (var name : List.of("shop/web:1", id, id.substring(0, 12), "localhost/shop/web@" + digest)) {
            try (var image = open("podman:" + name, environment)) {
                assertThat(image.origin()).isEqualTo("podman at unix://" + socket);
                assertThat(image.id()).isEqualTo(Digest.parse("sha256:" + id));
                assertThat(image.names()).containsExactly("localhost/shop/web:1");
                assertThat(image.repoDigests()).containsExactly("localhost/shop/web@" + digest);
                assertThat(image.verified()).isTrue();
                assertThat(read(image))
                        .usingRecursiveComparison()
                        .isEqualTo(read(folder.resolve("layout").toString(), Map.of()));
            }
        }
        assertThatThrownBy(() -> open("podman:shop/wep", environment))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith("has no image \"shop/wep\"; it has: localhost/shop/web:1");
    }

    private void fill(String driver) throws Exception {
        Tools.needed(Tools.isRoot() && Tools.isOnPath("skopeo"), "skopeo, run by root");
        var policy = Files.writeString(
                folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
        var process = new ProcessBuilder(
                        "skopeo",
                        "--policy",
                        policy.toString(),
                        "copy",
                        "oci:" + folder.resolve("layout") + ":latest",
                        "containers-storage:[" + driver + "@" + folder.resolve("root") + "+" + folder.resolve("run")
                                + "]localhost/shop/web:1")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var done = process.waitFor() == 0;
        Tools.needed(done || !said.contains("not supported over"), "a file system for the driver " + driver);
        assertThat(done).as(said).isTrue();
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("root"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Image open(String where, Map<String, String> environment) throws IOException {
        return Images.open(where, SourceContext.of(OpenOptions.defaults()).withEnvironment(environment));
    }

    private static List<Seen> read(String where, Map<String, String> environment) throws IOException {
        try (var image = open(where, environment)) {
            return read(image);
        }
    }

    private static List<Seen> read(Image image) throws IOException {
        return image.readLayers(_ -> new Seen(), ReadOptions.defaults()).stream()
                .map(Image.LayerResult::found)
                .toList();
    }
}
