package dev.plimsoll.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), text);
    }

    @Test
    void takesTheNearestOriginAndTellsIt() throws IOException {
        var file = file("port: 1\nhost: 192.0.2.1\nlog-level: warn\n");
        var read = Configuration.of(
                Map.of("port", "3"),
                Map.of("PLIMSOLL_SERVER_PORT", "2", "PLIMSOLL_SERVER_HOST", "192.0.2.2"),
                Optional.of(file));

        assertThat(read.value(Settings.PORT)).isEqualTo(new Configuration.Value("3", "flag --port"));
        assertThat(read.value(Settings.HOST))
                .isEqualTo(new Configuration.Value("192.0.2.2", "variable PLIMSOLL_SERVER_HOST"));
        assertThat(read.value(Settings.LOG_LEVEL)).isEqualTo(new Configuration.Value("warn", "file " + file));
        assertThat(read.value(Settings.ANALYSES)).isEqualTo(new Configuration.Value("2", "default"));
    }

    @Test
    void readsASecretFromAFileOfItsOwn() throws IOException {
        var secret = Files.writeString(folder.resolve("password"), "hunter2\n");
        var read = Configuration.of(
                Map.of(), Map.of("PLIMSOLL_SERVER_DATABASE_PASSWORD_FILE", secret.toString()), Optional.empty());
        assertThat(read.text(Settings.DATABASE_PASSWORD)).hasValue("hunter2");
        assertThat(read.wrong(Settings.DATABASE_PASSWORD, "must be longer"))
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("database-password");
        var byKey = Configuration.of(Map.of(), Map.of(), Optional.of(file("database-password-file: " + secret)));
        assertThat(byKey.text(Settings.DATABASE_PASSWORD)).hasValue("hunter2");
    }

    @Test
    void readsTimesListsAndNumbers() {
        var read = Configuration.of(
                Map.of("notify-retry-schedule", "5s, 2h,100ms", "analyses", "many"), Map.of(), Optional.empty());
        assertThat(read.times(Settings.RETRY_SCHEDULE))
                .containsExactly(Duration.ofSeconds(5), Duration.ofHours(2), Duration.ofMillis(100));
        assertThat(read.list(Settings.ROLES)).containsExactly("api", "worker", "notifier");
        assertThatThrownBy(() -> read.number(Settings.ANALYSES, 1, 64))
                .hasMessage("analyses is 'many' (flag --analyses), and must be a number between 1 and 64");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        var unknown = file("prot: 8228\n");
        assertThatThrownBy(() -> Configuration.of(Map.of(), Map.of(), Optional.of(unknown)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no setting 'prot'");
        var broken = file("port: [\n");
        assertThatThrownBy(() -> Configuration.of(Map.of(), Map.of(), Optional.of(broken)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("server.yaml");
        assertThatThrownBy(() -> Configuration.of(Map.of(), Map.of(), Optional.of(folder.resolve("none.yaml"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none.yaml");
    }
}
