package dev.plimsoll.cli.command;

import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.formats.ReportFormats;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where results go, and how they look. Every command that gives a result has these options.
public final class OutputArguments {

    @Option(
            names = {"-o", "--output"},
            split = "\n",
            paramLabel = "FORMAT[=FILE]",
            description =
                    "Write the result in a format, to standard output or a file; may be given several times: -o table -o json=result.json. Formats: table, json, cyclonedx-json,"
                            + " cyclonedx-xml, spdx-json, spdx-tag-value, syft-json, purls, inventory; a version may follow: cyclonedx-json@1.7, spdx-json@3.0.")
    private List<String> outputs = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes on standard error.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Long lists in full, with the ids that an allowlist can name.")
    private boolean verbose;

    @Option(names = "--no-color", description = "No colours; the variable NO_COLOR says the same.")
    private boolean noColour;

    /// Whether the user wants results alone.
    public boolean quiet() {
        return quiet;
    }

    /// How text on standard output is shown.
    public Presentation presentation(Environment environment) {
        return new Presentation(environment.width(), environment.wantsColour() && !noColour, verbose);
    }

    /// Formats with their files, checked before any work is done: a typing error should not cost a scan.
    public List<Target> targets(Environment environment, String defaultFormat) {
        var targets = new ArrayList<Target>();
        for (var output : outputs.isEmpty() ? List.of(defaultFormat) : outputs) {
            targets.add(target(environment, output));
        }
        if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
            throw CommandException.usage(
                    "only one format can go to standard output; give the others a file: -o json=result.json");
        }
        var files = new HashSet<Path>();
        for (var target : targets) {
            target.file().map(file -> file.toAbsolutePath().normalize()).ifPresent(file -> {
                if (!files.add(file) && !isDevice(file)) {
                    throw CommandException.usage("two formats cannot go to the same file "
                            + target.file().get());
                }
            });
        }
        return targets;
    }

    private static Target target(Environment environment, String output) {
        var equals = output.indexOf('=');
        var name = equals < 0 ? output : output.substring(0, equals);
        var names = ReportFormats.all().stream().map(ReportFormat::name).toList();
        var format = ReportFormats.named(name)
                .orElseThrow(() -> CommandException.usage("there is no output format '" + name + "' (-o); formats are "
                        + String.join(", ", names) + NearNames.question(name, names)));
        if (equals < 0 || output.substring(equals + 1).equals("-")) {
            return new Target(format, Optional.empty());
        }
        if (equals + 1 == output.length()) {
            throw CommandException.usage("-o " + output + " names no file; write for example -o " + name + "=result");
        }
        var file = environment.resolve(output.substring(equals + 1));
        if (Files.isDirectory(file)) {
            throw CommandException.usage("cannot write " + file + ": it is a folder (-o)");
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw CommandException.usage("cannot write " + file + ": there is no folder " + folder + " (-o)");
        }
        return new Target(format, Optional.of(file));
    }

    /// Writes every target; a file is complete or not there at all.
    public void write(Environment environment, List<Target> targets, Result result) {
        write(environment, targets, (format, presentation, out) -> format.write(result, presentation, out));
    }

    /// The same where a result is not at hand, but somebody who writes it.
    public void write(Environment environment, List<Target> targets, Rendering rendering) {
        for (var target : targets) {
            try {
                if (target.file().isPresent()) {
                    toFile(target.format(), target.file().get(), rendering);
                } else {
                    var text = new ByteArrayOutputStream();
                    rendering.write(target.format(), presentation(environment), text);
                    text.writeTo(environment.out());
                    environment.out().flush();
                }
            } catch (IOException | UncheckedIOException e) {
                var file = target.file().map(Path::toString).orElse("standard output");
                throw CommandException.usage(
                        "cannot write " + target.format().name() + " to " + file + ": " + Failures.reason(e) + " (-o)");
            }
        }
    }

    private static void toFile(ReportFormat format, Path file, Rendering rendering) throws IOException {
        // A device or a pipe (-o json=/dev/stderr) cannot be replaced by a new file.
        if (isDevice(file)) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                rendering.write(format, Presentation.PLAIN, out);
            }
            return;
        }
        // A link stays a link: what it points to is replaced.
        var absolute = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        var unfinished = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                rendering.write(format, Presentation.PLAIN, out);
            }
            Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// What lies in /dev may be a link to a regular file (`/dev/stdout` in `> file`); the link itself must stay.
    private static boolean isDevice(Path file) {
        return file.startsWith("/dev")
                || file.startsWith("/proc")
                || (Files.exists(file) && !Files.isRegularFile(file));
    }

    /// Writes a result in a format.
    @FunctionalInterface
    public interface Rendering {

        /// @param out stays open
        void write(ReportFormat format, Presentation presentation, OutputStream out) throws IOException;
    }

    /// One thing to write.
    ///
    /// @param file empty for standard output
    public record Target(ReportFormat format, Optional<Path> file) {}
}
