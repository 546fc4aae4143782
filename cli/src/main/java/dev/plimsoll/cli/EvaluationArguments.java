package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import java.util.List;
import picocli.CommandLine.Option;

/// How bundles judge, beside what they say themselves. Every command that judges by bundles has
/// these options.
final class EvaluationArguments {

    @Option(
            names = "--waivers",
            split = "\n",
            paramLabel = "FILE|FOLDER",
            description =
                    "Waivers (docs/waivers.md): a file, or a folder of such; may be given several times. None are used that are not named.")
    private List<String> waivers = List.of();

    @Option(names = "--strict", description = "A WARN fails too (exit 2).")
    private boolean strict;

    @Option(
            names = "--unmapped",
            paramLabel = "stop|go",
            defaultValue = "stop",
            description =
                    "What an image means that no mapping covers: stop is no verdict (exit 3), go a pass (default: ${DEFAULT-VALUE}).")
    private Unmapped unmapped = Unmapped.STOP;

    @Option(
            names = "--unknown-severity",
            paramLabel = "stop|warn|go",
            defaultValue = "warn",
            description =
                    "What findings without a severity mean to a rule that compares severities (default: ${DEFAULT-VALUE}).")
    private Action unknownSeverity = Action.WARN;

    enum Unmapped {
        STOP,
        GO
    }

    EvaluationOptions options() {
        return new EvaluationOptions(unmapped == Unmapped.GO, unknownSeverity, strict);
    }

    /// The least action that fails an image.
    Action failing() {
        return strict ? Action.WARN : Action.STOP;
    }

    /// Whether files of waivers were named.
    boolean namesWaivers() {
        return !waivers.isEmpty();
    }

    WaiverFiles.Usable waivers(Environment environment) {
        return WaiverFiles.read(environment, waivers);
    }
}
