package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.simulation.Simulation;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.SimulationJson;
import dev.plimsoll.report.SimulationTable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what a candidate policy would do to a folder of images.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Say what bundles would do to images whose inventories lie in a folder: which verdicts change, and by which rules.",
            "The inventories are files that `plimsoll sbom -o inventory=FILE` wrote, .json or .json.gz, sub-folders included. Each is judged as"
                    + " `plimsoll check inventory:FILE` would, under the name that the image has in it."
        },
        footer = {
            "",
            "Examples:",
            "  plimsoll policy simulate inventories/ --policy new.yaml --against current.yaml",
            "  plimsoll policy simulate inventories/ --policy new.yaml -o json > simulation.json",
            "",
            "Exit codes: 0 simulated, whatever changes; 1 a bundle or the data cannot be used, or no file is an inventory."
        })
final class PolicySimulateCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "FOLDER", description = "Where the inventories lie.")
    private String folder = "";

    @Mixin
    private final PolicyArguments policy = new PolicyArguments();

    @Option(
            names = "--against",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "Bundles, or folders of such, that judge now; may be given several times. Default: Plimsoll's own policy.")
    private List<String> against = List.of();

    @Mixin
    private final EvaluationArguments evaluation = new EvaluationArguments();

    @Mixin
    private final DataArguments data = new DataArguments();

    @Option(
            names = {"-o", "--format"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How it is written (default: ${DEFAULT-VALUE}).")
    private PolicyValidateCommand.Form form = PolicyValidateCommand.Form.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes on standard error.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "All rows of long lists.")
    private boolean verbose;

    PolicySimulateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var candidate = policy.read(environment);
        var current = policy.read(environment, against);
        candidate.warnings().forEach(this::note);
        if (against.isEmpty()) {
            note("no --against is given, so the candidate is held against Plimsoll's default policy");
        }
        var waived = evaluation.waivers(environment);
        waived.warnings().forEach(this::note);
        var place = environment.resolve(folder);
        var files = InventoryFolder.files(place);
        var at = data.at(environment);
        try (var progress = new Progress(environment, quiet);
                var source = data.open(environment)) {
            var run = new SimulationRun(
                    place,
                    new MatchMemory(source, data.matchOptions()),
                    current.bundles(),
                    candidate.bundles(),
                    waived.waivers(),
                    evaluation.options(),
                    evaluation.failing(),
                    at);
            var judged = run.judge(files, progress);
            progress.done();
            data.notes(source, environment).forEach(this::note);
            write(new Simulation(
                    at,
                    references(candidate.bundles()),
                    references(current.bundles()),
                    judged.images(),
                    judged.unread()));
            return (judged.images().isEmpty() ? ExitCode.ERROR : ExitCode.PASS).code();
        }
    }

    private void write(Simulation simulation) throws IOException {
        switch (form) {
            case TABLE ->
                environment
                        .out()
                        .print(SimulationTable.of(
                                simulation, new Presentation(environment.width(), environment.wantsColour(), verbose)));
            case JSON -> SimulationJson.write(simulation, environment.out());
        }
        environment.out().flush();
    }

    private static List<BundleReference> references(List<Bundle> bundles) {
        return bundles.stream()
                .map(bundle -> new BundleReference(bundle.id(), bundle.name(), bundle.formatVersion()))
                .toList();
    }

    private void note(String words) {
        if (!quiet) {
            environment.err().println("plimsoll: note: " + words);
        }
    }
}
