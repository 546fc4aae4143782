package dev.plimsoll.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Other programs, which tests compare with. A test that misses one says so and is skipped.
public final class Tools {

    private Tools() {}

    public static void needed(boolean there, String what) {
        if (!there) {
            System.out.println("SKIPPED: " + what + " is not here");
        }
        assumeTrue(there, what + " is not here");
    }

    public static boolean isOnPath(String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(tool)));
    }

    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// Runs a program to its end, and returns what it printed.
    public static String run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    public static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        var text = out.toString(StandardCharsets.UTF_8);
        if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + text);
        }
        return text;
    }
}
