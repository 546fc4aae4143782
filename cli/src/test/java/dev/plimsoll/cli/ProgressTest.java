package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysHowFarEachLayerIs() throws InterruptedException {
        try (var progress = new Progress(environment(true), false)) {
            progress.read(0, 5_000_000, 10_000_000);
            progress.read(2, 3_000_000, 3_000_000);
            Thread.sleep(150); // it is written ten times a second at most
            progress.read(1, 1_000_000, 4_000_000);
        }

        assertThat(shown()).contains("reading layers: 9 of 17 MB; layer 1 50%, layer 2 25%");
    }

    @Test
    void saysNothingWhereNobodyWatches() throws InterruptedException {
        for (var environment : new Environment[] {environment(false), environment(true)}) {
            try (var progress = new Progress(environment, environment.errIsTerminal())) {
                progress.say("reading");
                Thread.sleep(150);
                progress.read(0, 1, 2);
            }
        }

        assertThat(shown()).isEmpty();
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Environment environment(boolean terminal) {
        return new Environment(
                InputStream.nullInputStream(),
                new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                terminal,
                terminal,
                Optional.of(100),
                Path.of(""),
                Clock.systemUTC());
    }
}
