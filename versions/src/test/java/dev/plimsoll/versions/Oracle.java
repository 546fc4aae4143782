package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs another implementation as a program. A test whose program is absent is skipped, and says so.
final class Oracle {

    private static final long TIMEOUT_SECONDS = 600;

    /// How a script begins what it says when a library that it needs is not there.
    private static final String ABSENT = "ABSENT";

    private Oracle() {}

    /// What the program prints, line by line; the test is skipped where it cannot be started, and fails where it
    /// fails.
    static List<String> answers(Path folder, List<String> command) throws IOException, InterruptedException {
        return run(folder, command).orElseGet(() -> skip(String.join(" ", command)));
    }

    /// As {@link #answers}, but a program that fails counts as absent: it needs the network.
    static List<String> answersOrSkip(Path folder, List<String> command) throws IOException, InterruptedException {
        try {
            return answers(folder, command);
        } catch (AssertionError e) {
            return skip(String.join(" ", command) + ": " + e.getMessage());
        }
    }

    /// The path of the executable as the shell finds it.
    static Path executable(String name) {
        return find(name).orElseGet(() -> skip(name));
    }

    /// The same, empty where there is none.
    static Optional<Path> find(String name) {
        for (var folder : System.getenv("PATH").split(":", -1)) {
            var candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var output = folder.resolve("oracle.out");
        var errors = folder.resolve("oracle.err");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended)
                .as("%s ends within %d s", command.getFirst(), TIMEOUT_SECONDS)
                .isTrue();
        if (text(errors).startsWith(ABSENT)) {
            return Optional.empty();
        }
        assertThat(process.exitValue()).as(() -> text(errors)).isZero();
        var lines = new ArrayList<String>();
        for (var line : Files.readAllLines(output)) {
            if (!line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return Optional.of(lines);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Says on standard error, in a form that `.ci/run` looks for, what was not compared; then ends the test.
    ///
    /// @param what is absent; its first line is told
    static <T> T skip(String what) {
        var message =
                "SKIPPED, the oracle is absent: " + what.lines().findFirst().orElse("");
        System.err.println(message);
        Assumptions.abort(message);
        throw new IllegalStateException(message);
    }
}
