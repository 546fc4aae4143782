package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One run of the command in a world of its own: nothing of this machine's variables, terminal or clock gets in.
record Run(int code, String out, String err) {

    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    static final Path EXAMPLES = Path.of(System.getProperty("plimsoll.root"), "examples");

    static Run of(Path folder, Map<String, String> variables, String... arguments) {
        return of(folder, variables, new ByteArrayInputStream(new byte[0]), arguments);
    }

    static Run of(Path folder, Map<String, String> variables, InputStream in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var world = new HashMap<>(variables);
        world.putIfAbsent("HOME", folder.resolve("home").toString());
        var environment = environment(folder, world, in, out, err);
        var code = Main.run(arguments, environment);
        environment.out().flush();
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Environment environment(Path folder, Map<String, String> variables) {
        return environment(
                folder,
                variables,
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream());
    }

    private static Environment environment(
            Path folder, Map<String, String> variables, InputStream in, OutputStream out, OutputStream err) {
        return new Environment(
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                false,
                false,
                Optional.empty(),
                folder,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Run of(Path folder, String... arguments) {
        return of(folder, Map.of(), arguments);
    }
}
