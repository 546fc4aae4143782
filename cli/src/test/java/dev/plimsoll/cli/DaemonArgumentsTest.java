package dev.plimsoll.cli;

import static dev.plimsoll.image.daemon.FakeDaemon.archive;
import static dev.plimsoll.image.daemon.FakeDaemon.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.daemon.FakeDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine that the options and variables name, asked by the command.
class DaemonArgumentsTest {

    private static final ImageBytes IMAGE = ImageBytes.image()
            .plain(TarBytes.tar().file("etc/os-release", "ID=debian\n").end());
    private static final String ID = ImageBytes.digest(ImageBytes.bytes(IMAGE.configuration()));

    @TempDir
    Path folder;

    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        var tar = TarBytes.tar();
        IMAGE.dockerArchive("shop:1").forEach(tar::file);
        var inspect =
                json("{\"Id\":\"" + ID + "\",\"RepoTags\":[\"shop:1\"],\"Os\":\"linux\",\"Architecture\":\"amd64\"}");
        daemon = new FakeDaemon(folder)
                .on("/images/shop/json", inspect)
                .on("/v1.41/images/shop/json", inspect)
                .on("/v1.41/images/" + ID + "/get", archive(tar.end()));
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void theOptionGoesBeforeTheVariable() {
        var run = Run.of(
                folder,
                Map.of("DOCKER_HOST", "unix:///nowhere"),
                "sbom",
                "docker:shop",
                "--docker-host",
                daemon.host(),
                "-o",
                "inventory");

        assertThat(run.err()).doesNotContain("no docker daemon");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"transport\":\"docker\"", ID, "shop:1");
    }

    @Test
    void theVariablesAreEnough() {
        for (var variable : new String[] {"DOCKER_HOST", "PLIMSOLL_DOCKER_HOST"}) {
            assertThat(Run.of(folder, Map.of(variable, daemon.host()), "sbom", "docker:shop")
                            .code())
                    .isZero();
        }
    }

    @Test
    void aWordIsTheEnginesIfItHasIt() {
        var run = Run.of(folder, Map.of("DOCKER_HOST", daemon.host()), "sbom", "shop", "-o", "inventory");

        assertThat(run.out()).contains("\"transport\":\"docker\"");
    }

    @Test
    void anEngineThatIsNotThereIsAUsageError() {
        var run = Run.of(folder, "sbom", "docker:shop", "--docker-host", "unix:///nowhere");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no docker daemon answers: unix:///nowhere is not there.");
    }
}
