package dev.plimsoll.cli;

import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.ReportFormats;
import dev.plimsoll.report.Result;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Where results go, and how they look. Every command that gives a result has these options.
final class OutputArguments {

    @Option(
            names = {"-o", "--output"},
            split = "\n",
            paramLabel = "FORMAT[=FILE]",
            description =
                    "Write the result in a format, to standard output or a file; may be given several times. Formats: table, json, cyclonedx-json,"
                            + " inventory.")
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

    boolean quiet() {
        return quiet;
    }

    Presentation presentation(Environment environment) {
        return new Presentation(environment.width(), environment.wantsColour() && !noColour, verbose);
    }

    /// Formats with their files, checked before any work is done: a typing error should not cost a scan.
    List<Target> targets(Environment environment, String defaultFormat) {
        var targets = new ArrayList<Target>();
        for (var output : outputs.isEmpty() ? List.of(defaultFormat) : outputs) {
            var equals = output.indexOf('=');
            var name = equals < 0 ? output : output.substring(0, equals);
            var file = equals < 0
                    ? Optional.<Path>empty()
                    : Optional.of(environment.resolve(output.substring(equals + 1)));
            var format = ReportFormats.named(name)
                    .orElseThrow(() -> CommandException.usage("there is no output format '" + name + "'; formats are "
                            + ReportFormats.all().stream()
                                    .map(ReportFormat::name)
                                    .collect(Collectors.joining(", "))));
            var folder = file.map(path -> path.toAbsolutePath().getParent());
            if (folder.isPresent() && !Files.isDirectory(folder.get())) {
                throw CommandException.usage("cannot write " + file.get() + ": there is no folder " + folder.get());
            }
            targets.add(new Target(format, file));
        }
        if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
            throw CommandException.usage(
                    "only one format can go to standard output; give the others a file: -o json=result.json");
        }
        return targets;
    }

    /// Writes every target; a file is complete or not there at all.
    void write(Environment environment, List<Target> targets, Result result) {
        for (var target : targets) {
            try {
                if (target.file().isPresent()) {
                    toFile(target.format(), target.file().get(), result);
                } else {
                    var text = new ByteArrayOutputStream();
                    target.format().write(result, presentation(environment), text);
                    text.writeTo(environment.out());
                    environment.out().flush();
                    if (environment.out().checkError()) {
                        throw new IOException("standard output was closed");
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                throw CommandException.usage("cannot write " + target.format().name() + " to "
                        + target.file().map(Path::toString).orElse("standard output") + ": " + e.getMessage());
            }
        }
    }

    private static void toFile(ReportFormat format, Path file, Result result) throws IOException {
        // A device or a pipe (-o json=/dev/stderr) cannot be replaced by a new file.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                format.write(result, Presentation.PLAIN, out);
            }
            return;
        }
        var absolute = file.toAbsolutePath();
        var unfinished = Files.createTempFile(absolute.getParent(), "." + absolute.getFileName(), ".tmp");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                format.write(result, Presentation.PLAIN, out);
            }
            Files.setPosixFilePermissions(
                    unfinished, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// One thing to write.
    ///
    /// @param file empty for standard output
    record Target(ReportFormat format, Optional<Path> file) {}
}
