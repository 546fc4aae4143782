package dev.plimsoll.server.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end. Its environment is empty but for the search path and the language of its
/// messages, so that nothing of the service's own, which may hold secrets, gets there.
final class Command {

    /// Up to which what a program says is kept, in bytes.
    private static final int MOST_SAID = 1 << 16;

    private Command() {}

    /// @param said both outputs, at most their beginning
    record Outcome(int exitCode, String said) {}

    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin:/usr/sbin:/sbin" : path);
        builder.environment().put("LC_ALL", "C");
        return builder.directory(new File("/"));
    }

    static Outcome run(List<String> command, Duration patience) throws IOException {
        var process = builder(command).start();
        process.getOutputStream().close();
        var watch = Thread.ofVirtual().start(() -> destroyAfter(process, patience));
        try (var in = process.getInputStream()) {
            var said = in.readNBytes(MOST_SAID);
            in.skip(Long.MAX_VALUE);
            return new Outcome(process.waitFor(), new String(said, StandardCharsets.UTF_8).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            watch.interrupt();
        }
    }

    /// Ends a program that takes too long, and whatever is left of one when this thread is interrupted.
    private static void destroyAfter(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }

    /// Where a program lies, by the search path.
    static Optional<Path> find(String program) {
        var path = System.getenv("PATH");
        for (var folder : (path == null ? "" : path + File.pathSeparator)
                .concat("/usr/bin:/bin:/usr/sbin:/sbin")
                .split(File.pathSeparator, -1)) {
            var place = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(place)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }
}
