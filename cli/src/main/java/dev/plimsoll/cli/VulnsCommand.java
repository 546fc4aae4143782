package dev.plimsoll.cli;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.OutputArguments;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists findings, without a policy.
@Command(
        name = "vulns",
        mixinStandardHelpOptions = true,
        description = "List known vulnerabilities of an image, without a policy.",
        footer = {
            "",
            "Examples:",
            "  plimsoll vulns image.tar",
            "  plimsoll vulns image.tar --only-fixed --fail-on high",
            "",
            "Exit codes: 0 whatever was found; 1 usage or tool error; 2 --fail-on was reached; 4 advisory data missing."
        })
final class VulnsCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description =
                    "Exit with 2 when a finding has this severity or a higher one: negligible, low, medium, high, critical; unknown means any finding.")
    private @Nullable Severity failOn;

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Mixin
    private final DataArguments data = new DataArguments();

    @Mixin
    private final ImageArguments image = new ImageArguments();

    @Mixin
    private final PreviousArguments previous = new PreviousArguments();

    VulnsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var targets = output.targets(environment, "table");
        var at = data.at(environment);
        var history = previous.history(environment, at);
        try (var progress = new Progress(environment, output.quiet());
                var source = data.open(environment)) {
            progress.say("reading the image");
            var inventory = image.inventory(AnalysisRequest.nothing(), progress, environment, ExitCode.ERROR);
            progress.say("matching");
            var matches = Matcher.match(inventory, source, data.matchOptions());
            progress.done();
            if (!output.quiet()) {
                data.notes(source, environment)
                        .forEach(note -> environment.err().println("plimsoll: note: " + note));
            }
            output.write(
                    environment,
                    targets,
                    new Result(
                            Version.text(),
                            image.displayName(inventory),
                            at,
                            inventory,
                            Optional.of(matches),
                            Optional.empty(),
                            Optional.empty(),
                            history));
            return exitCode(matches).code();
        }
    }

    private ExitCode exitCode(MatchResult matches) {
        if (failOn != null
                && matches.findings().stream()
                        .anyMatch(finding -> finding.severity().compareTo(failOn) >= 0)) {
            return ExitCode.FAIL;
        }
        return matches.coverage().stream().anyMatch(item -> item.state() == EcosystemCoverage.State.DATA_MISSING)
                ? ExitCode.DATA_MISSING
                : ExitCode.PASS;
    }
}
