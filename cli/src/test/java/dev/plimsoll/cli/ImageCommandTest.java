package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandTest {

    @TempDir
    Path folder;

    private TestImage image;

    @BeforeEach
    void anImageOfThreeLayers() throws IOException {
        image = new TestImage()
                .layer(new TestTar()
                        .directory("etc")
                        .file("etc/motd", "one\n")
                        .file("etc/key", "secret\n")
                        .symbolicLink("etc/link", "/etc/motd")
                        .hardLink("etc/hard", "etc/motd"))
                .layer(new TestTar().file("etc/.wh.key", ""))
                .layer(new TestTar()
                        .file("etc/motd", 0600, "three\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        image.writeDockerArchive(folder.resolve("image.tar"));
    }

    @Test
    void lsShowsWhatAContainerSees() {
        var run = Run.of(folder, "image", "ls", "image.tar", "/etc");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "drwxr-xr-x 0:0 0 layer 1 /etc",
                        "-rw-r--r-- 0:0 4 layer 1 /etc/hard -> etc/motd",
                        "lrwxrwxrwx 0:0 0 layer 1 /etc/link -> /etc/motd",
                        "-rw------- 0:0 6 layer 3 /etc/motd");
        assertThat(Run.of(folder, "image", "ls", "image.tar").out()).isEqualTo(run.out());
    }

    @Test
    void lsAllShowsWhichLayerHidWhat() {
        assertThat(Run.of(folder, "image", "ls", "image.tar", "etc/key", "--all")
                        .out()
                        .replaceAll(" +", " "))
                .isEqualTo("-rw-r--r-- 0:0 7 layer 1 /etc/key (removed by layer 2)\n");
        assertThat(Run.of(folder, "image", "ls", "image.tar", "etc/motd", "--all")
                        .out()
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("/etc/motd  (replaced by layer 3)");
    }

    @Test
    void aPathThatIsNotThereIsAnErrorThatTellsWhereToLook() {
        var run = Run.of(folder, "image", "ls", "image.tar", "/etc/key");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("plimsoll: /etc/key: there is no such path in the image; --all shows what layers hide\n");
    }

    @Test
    void catPrintsBytesThroughLinks() {
        for (var path : new String[] {"/etc/motd", "etc/link", "/etc/../etc/./motd"}) {
            var run = Run.of(folder, "image", "cat", "image.tar", path);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("three\n");
        }
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc/hard").out())
                .isEqualTo("one\n");
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc/key", "--layer", "1")
                        .out())
                .isEqualTo("secret\n");
    }

    @Test
    void catTellsWhatIsNoFile() {
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc").err())
                .contains("/etc: is not a file (drwxr-xr-x)");
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc/key").err())
                .contains("/etc/key: there is no such file in the image");
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc/motd", "--layer", "4")
                        .err())
                .contains("there is no layer 4; there are 3");
        assertThat(Run.of(folder, "image", "cat", "image.tar", "/etc/key", "--layer", "3")
                        .err())
                .contains("layer 3 has no such file");
    }

    @Test
    void catLeavesNoFileBehind() throws IOException {
        var temporary = Files.createDirectory(folder.resolve("tmp"));

        Run.of(folder, Map.of("TMPDIR", temporary.toString()), "image", "cat", "image.tar", "/etc/motd");

        try (var files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void inspectIsJsonAndRawIsTheDocumentItself() throws Exception {
        var run = Run.of(folder, "image", "inspect", "image.tar");
        var json = (JsonObject) JsonReader.read(run.out(), JsonLimits.FOREIGN);
        var configuration = Run.of(folder, "image", "inspect", "image.tar", "--raw", "configuration");

        assertThat(json.string("format")).contains("plimsoll-image/1");
        assertThat(json.string("transport")).contains("docker-archive");
        assertThat(json.array("layers")).hasSize(3);
        assertThat(json.string("id"))
                .contains("sha256:"
                        + TestImage.sha256(configuration.out().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(json.object("configuration").string("os")).contains("linux");
        assertThat(Run.of(folder, "image", "inspect", "dir:" + folder, "--raw", "manifest")
                        .err())
                .contains("has no manifest");
    }

    @Test
    void layersAreListedWithTheirSizes() {
        var run = Run.of(folder, "image", "layers", "image.tar");

        assertThat(run.out().lines()).hasSize(5);
        assertThat(run.out())
                .startsWith("docker archive ")
                .contains("\n     2 ")
                .doesNotContain("not verified");
        assertThat(Run.of(folder, "image", "layers", "dir:" + folder).out()).contains("(not verified: ");
    }

    @Test
    void aCommandIsNeeded() {
        var run = Run.of(folder, "image");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("image ls, image inspect, image layers, image cat");
    }
}
