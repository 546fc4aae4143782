package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.policy.waiver.WaiverText;
import dev.plimsoll.policy.waiver.foreign.ForeignFormat;
import dev.plimsoll.policy.waiver.foreign.ImportException;
import dev.plimsoll.policy.waiver.foreign.ImportOptions;
import dev.plimsoll.policy.waiver.foreign.WaiverImport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes waivers of another tool's list.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Make waivers of another tool's list of exceptions; what a waiver cannot say is named.",
        footer = {
            "",
            "Examples:",
            "  plimsoll waiver import .trivyignore --from trivyignore --owner shop@example.org --until 2026-12-31",
            "  plimsoll waiver import bundle.json --from anchore --out waivers/anchore.yaml",
            "",
            "What could not be taken over is named on standard error, and in comments of the file.",
            "Exit codes: 0 done; 1 the file cannot be read, or is no such list."
        })
final class WaiverImportCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "FILE", description = "The list.")
    private String file = "";

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            description = "What it is: trivyignore, trivyignore-yaml, grype, harbor, anchore.")
    private @Nullable String from;

    @Option(names = "--owner", paramLabel = "WHO", description = "Who looks after the waivers.")
    private String owner = "";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When waivers end whose entries have no end: 2026-12-31.")
    private @Nullable String until;

    @Option(
            names = "--image",
            split = "\n",
            paramLabel = "IMAGE",
            description =
                    "Only for this image, in place of what the list says of images: registry/repository:tag with *.")
    private List<String> images = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "The file to make; default: standard output.")
    private @Nullable String out;

    WaiverImportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var format = format();
        var bytes = WaiverFiles.bytes(environment, file, "exceptions", ForeignFormat.MAX_LENGTH);
        WaiverImport found;
        try {
            found = format.read(bytes, new ImportOptions(owner, Optional.ofNullable(until), images));
        } catch (ImportException e) {
            throw CommandException.usage(file + " " + e.getMessage());
        }
        var remarks = new ArrayList<String>();
        remarks.add("Taken over from " + file + " (" + format.word() + ")");
        found.notes().forEach(remarks::add);
        found.left().forEach(left -> remarks.add("not taken over: " + left));
        remarks.stream()
                .skip(1)
                .forEach(remark ->
                        environment.err().println("plimsoll: note: " + dev.plimsoll.report.PlainText.of(remark)));
        write(WaiverText.document(found.waivers(), remarks), found);
        return ExitCode.PASS.code();
    }

    private ForeignFormat format() {
        if (from == null) {
            throw CommandException.usage(
                    "waiver import needs the list's format: --from " + String.join(", ", ForeignFormat.words()));
        }
        var word = from;
        return ForeignFormat.of(word)
                .orElseThrow(() -> CommandException.usage("--from: '" + word + "' is none of "
                        + String.join(", ", ForeignFormat.words()) + NearNames.question(word, ForeignFormat.words())));
    }

    private void write(String document, WaiverImport found) {
        if (out == null) {
            environment.out().print(document);
            environment.out().flush();
            return;
        }
        try {
            Files.writeString(environment.resolve(out), document, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            throw CommandException.usage(out + " is there already: name a new file (--out)");
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + out + ": " + Failures.reason(e) + " (--out)");
        }
        environment
                .out()
                .println(out + ": " + found.waivers().size() + " waivers"
                        + (found.left().isEmpty() ? "" : ", " + found.left().size() + " entries left"));
        environment.out().flush();
    }
}
