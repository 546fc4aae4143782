package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.cli.command.OutputArguments;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.report.Result;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says what is in an image.
@Command(
        name = "sbom",
        mixinStandardHelpOptions = true,
        description = "Say what is in an image: packages, and all other facts.",
        footer = {
            "",
            "Examples:",
            "  plimsoll sbom image.tar -o cyclonedx-json=sbom.json",
            "  plimsoll sbom image.tar -o cyclonedx-xml@1.7=sbom.xml -o spdx-json=sbom.spdx.json",
            "  plimsoll sbom image.tar -o inventory=facts.json   (then: plimsoll check inventory:facts.json --policy bundle.json)",
            "",
            "Exit codes: 0 done; 1 usage or tool error."
        })
final class SbomCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "The time that the document bears; default: now.")
    private java.time.@Nullable Instant at;

    @Option(
            names = "--policy",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "Collect what these bundles will ask for (digests of files, secrets, searches), so that an inventory can be judged by them later.")
    private List<String> policies = List.of();

    @Option(
            names = "--digest",
            split = "\n",
            paramLabel = "PATH",
            description = "Collect the SHA-256 of a file of the image; may be given several times.")
    private List<String> digested = List.of();

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Mixin
    private final ImageArguments image = new ImageArguments();

    SbomCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var targets = output.targets(environment, "table");
        var wanted = AnalysisRequest.digests(digested);
        if (!policies.isEmpty()) {
            var places = policies.stream().map(environment::resolve).toList();
            wanted = wanted.and(PolicyFiles.read(places, true).needs());
        }
        try (var progress = new Progress(environment, output.quiet())) {
            progress.say("reading the image");
            var inventory = image.inventory(wanted, progress, environment, ExitCode.ERROR);
            progress.done();
            var time = at != null
                    ? at
                    : java.time.Instant.ofEpochSecond(
                            environment.clock().instant().getEpochSecond());
            output.write(
                    environment,
                    targets,
                    new Result(
                            Version.text(),
                            image.displayName(inventory),
                            time,
                            inventory,
                            Optional.empty(),
                            Optional.empty()));
            return ExitCode.PASS.code();
        }
    }
}
