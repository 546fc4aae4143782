package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.report.waiver.CheckedResult;
import dev.plimsoll.report.waiver.OpenVex;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes waivers in the form of another tool.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write what waivers say of vulnerabilities as an OpenVEX document; what it cannot say is named.",
        footer = {
            "",
            "Examples:",
            "  plimsoll waiver export --author 'Shop <shop@example.org>' --result web.json",
            "  plimsoll waiver export waivers/ --author shop@example.org --product 'pkg:oci/web?repository_url=registry.example/shop/web'",
            "",
            "Exit codes: 0 written; 1 there is nothing to say, or an error."
        })
final class WaiverExportCommand implements Callable<Integer> {

    private static final String OPENVEX = "openvex";

    private final Environment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|FOLDER",
            description = "Files of waivers, or folders of such (default: " + WaiverFiles.DEFAULT + ").")
    private List<String> places = List.of();

    @Option(
            names = "--format",
            paramLabel = OPENVEX,
            defaultValue = OPENVEX,
            description = "The form: openvex, of version 0.2.0 (default: ${DEFAULT-VALUE}).")
    private String format = OPENVEX;

    @Option(names = "--author", paramLabel = "WHO", description = "The person or organisation that says it.")
    private @Nullable String author;

    @Option(
            names = "--product",
            split = "\n",
            paramLabel = "PURL",
            description =
                    "The package URL of an image, in place of what waivers and results say. May be given several times.")
    private List<String> products = List.of();

    @Option(
            names = "--result",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "A result of `check --waivers … -o json=FILE`: it says of which packages of which image. May be given several times.")
    private List<String> results = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "The document's time; default: the variable SOURCE_DATE_EPOCH, else now.")
    private @Nullable Instant at;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; default: standard output.")
    private @Nullable String out;

    WaiverExportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!format.equals(OPENVEX)) {
            throw CommandException.usage("--format: '" + format + "' is none of " + OPENVEX);
        }
        if (author == null || author.isBlank()) {
            throw CommandException.usage("an OpenVEX document needs its author: --author 'Shop <shop@example.org>'");
        }
        products.stream()
                .filter(text -> PackageUrl.parse(text).isEmpty())
                .findFirst()
                .ifPresent(text -> {
                    throw CommandException.usage(
                            "--product: '" + text
                                    + "' is no package URL; write for example pkg:oci/web?repository_url=registry.example/shop/web");
                });
        var waivers = WaiverFiles.read(environment, places.isEmpty() ? List.of(WaiverFiles.DEFAULT) : places)
                .waivers();
        var export = OpenVex.of(
                waivers,
                new OpenVex.Options(
                        author,
                        "plimsoll " + Version.text(),
                        time(),
                        products.stream()
                                .map(text ->
                                        PackageUrl.parse(text).orElseThrow().toString())
                                .toList(),
                        results.stream().map(this::result).toList()));
        export.left().forEach(words -> environment.err().println("plimsoll: note: not said: " + words));
        var document = export.document()
                .orElseThrow(() -> CommandException.usage("there is nothing to say: no waiver became a statement"));
        write(document);
        return ExitCode.PASS.code();
    }

    private CheckedResult result(String place) {
        try {
            return CheckedResult.read(WaiverFiles.bytes(environment, place, "a result", CheckedResult.MAX_LENGTH));
        } catch (JsonException e) {
            throw CommandException.usage(place + " " + e.getMessage());
        }
    }

    private Instant time() {
        if (at != null) {
            return at;
        }
        return environment
                .variable("SOURCE_DATE_EPOCH")
                .map(text -> {
                    try {
                        return Instant.ofEpochSecond(Long.parseLong(text));
                    } catch (NumberFormatException | DateTimeException e) {
                        throw CommandException.usage("SOURCE_DATE_EPOCH: '" + text + "' is no number of seconds");
                    }
                })
                .orElseGet(() -> WaiverCommand.at(null, environment));
    }

    private void write(String document) {
        if (out == null) {
            environment.out().print(document);
            environment.out().flush();
            return;
        }
        try {
            Files.writeString(environment.resolve(out), document);
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + out + ": " + Failures.reason(e) + " (--out)");
        }
    }
}
