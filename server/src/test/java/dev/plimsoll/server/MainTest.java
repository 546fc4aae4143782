package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {

    private record Ran(int code, String out, String err) {}

    private static Ran run(Map<String, String> variables, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsEverySettingWithItsOriginAndNoSecret() {
        var ran = run(
                Map.of("PLIMSOLL_SERVER_DATABASE_PASSWORD", "hunter2", "PLIMSOLL_SERVER_HOST", "192.0.2.1"),
                "config",
                "show",
                "--port",
                "9");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("port +9 +flag --port")
                .containsPattern("host +192.0.2.1 +variable PLIMSOLL_SERVER_HOST")
                .containsPattern("database-password +\\(secret\\) +variable PLIMSOLL_SERVER_DATABASE_PASSWORD")
                .containsPattern("analyses +2 +default")
                .doesNotContain("hunter2");
    }

    @Test
    void tellsWhatIsWrongWithoutATrace() {
        assertThat(run(Map.of(), "--prot", "9").err())
                .contains("Unknown option")
                .contains("plimsoll server --help");
        var port = run(Map.of("HOME", "/nonexistent"), "config", "show", "--log-level", "loud");
        assertThat(port.code()).isEqualTo(1);
        assertThat(port.err())
                .isEqualTo(
                        "plimsoll: log-level is 'loud' (flag --log-level), and must be one of debug, info, warn, error\n");
        var url = run(
                Map.of("HOME", "/tmp"),
                "--database-url",
                "mysql://user:hunter2@host/name",
                "--data-folder",
                "/proc/none");
        assertThat(url.code()).isEqualTo(1);
        assertThat(url.err()).doesNotContain("hunter2").doesNotContain("\tat ");
    }

    @Test
    void helpsWithEverySetting() {
        var help = run(Map.of(), "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--data-folder", "--database-url", "backup", "restore", "doctor", "config");
        assertThat(help.out()).doesNotContain("--database-password");
    }
}
