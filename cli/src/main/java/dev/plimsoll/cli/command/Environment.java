package dev.plimsoll.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// Everything that the command takes from the world around it, so that tests can give it another one.
///
/// @param out data
/// @param err progress and errors
/// @param outIsTerminal whether a person reads `out`
/// @param errIsTerminal whether a person watches `err`
/// @param columns of the terminal, where it is known
/// @param folder against which relative paths are meant
public record Environment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Optional<Integer> columns,
        Path folder,
        Clock clock) {

    private static final int WIDTH_WITHOUT_TERMINAL = 120;

    /// The process's own. The launcher says what is a terminal: Java cannot ask for one stream alone.
    public static Environment ofProcess() {
        return new Environment(
                System.in,
                new StandardOutput(new java.io.FileOutputStream(java.io.FileDescriptor.out)),
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.err),
                        true,
                        java.nio.charset.StandardCharsets.UTF_8),
                System.getenv(),
                Boolean.getBoolean("plimsoll.stdout.terminal"),
                Boolean.getBoolean("plimsoll.stderr.terminal"),
                Optional.ofNullable(Integer.getInteger("plimsoll.columns")),
                Path.of(""),
                Clock.systemUTC());
    }

    /// Why what was printed did not arrive, empty where it did; a sentence. A reader that has seen enough (`| head -1`)
    /// is
    /// none of our failures.
    public Optional<String> outputFailure() {
        out.flush();
        if (!out.checkError()) {
            return Optional.empty();
        }
        return out instanceof StandardOutput standard
                ? standard.failure().map(reason -> "cannot write to standard output: " + reason)
                : Optional.of("cannot write to standard output");
    }

    /// A variable that is set and not empty.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /// NO_COLOR (no-color.org) counts when it is set to anything but the empty text.
    public boolean wantsColour() {
        return outIsTerminal
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals(Optional.of("dumb"));
    }

    /// In columns, of text for people.
    public int width() {
        return outIsTerminal ? columns.orElse(100) : WIDTH_WITHOUT_TERMINAL;
    }

    /// Where files lie that a command needs only while it runs.
    public Path temporaryFolder() {
        return Path.of(variable("TMPDIR").orElse(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /// The file that a user names by this path.
    public Path resolve(String path) {
        return folder.resolve(path);
    }

    /// Where a user's data lies by default.
    ///
    /// Source: XDG Base Directory Specification; Apple's File System Programming Guide.
    public Path dataFolder() {
        var home = variable("HOME").map(Path::of).orElse(Path.of(System.getProperty("user.home", ".")));
        var onMac = System.getProperty("os.name", "").startsWith("Mac");
        return variable("XDG_DATA_HOME")
                .map(Path::of)
                .orElse(onMac ? home.resolve("Library/Application Support") : home.resolve(".local/share"))
                .resolve("plimsoll");
    }

    /// Where a user's configuration lies by default.
    public Path configurationFolder() {
        var home = variable("HOME").map(Path::of).orElse(Path.of(System.getProperty("user.home", ".")));
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElse(home.resolve(".config"))
                .resolve("plimsoll");
    }
}
