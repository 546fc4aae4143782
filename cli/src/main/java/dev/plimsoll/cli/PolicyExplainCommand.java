package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.report.explanation.VerdictDocument;
import dev.plimsoll.report.explanation.VerdictExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says why a verdict is what it is.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Say why a verdict is what it is: what each rule asked and found, what would clear it, until when it holds.",
        footer = {
            "",
            "Examples:",
            "  plimsoll check image.tar --policy bundle.json -o json=result.json",
            "  plimsoll policy explain result.json --policy bundle.json",
            "",
            "Exit codes: 0 explained, whatever the verdict; 1 usage or tool error."
        })
final class PolicyExplainCommand implements Callable<Integer> {

    /// Characters of a line where nobody says how wide the terminal is, and at most.
    private static final int USUAL_WIDTH = 80;

    private static final int MOST_WIDTH = 100;

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "RESULT", description = "A result, as `check -o json=FILE` wrote it.")
    private String result = "";

    @Option(
            names = "--policy",
            split = "\n",
            paramLabel = "FILE|FOLDER",
            description =
                    "The bundles that judged: they tell with which parameters rules asked. May be given several times.")
    private List<String> policies = List.of();

    @Option(names = "--rule", paramLabel = "ID", description = "One rule alone, with all that it found.")
    private @Nullable String rule;

    @Option(names = "--allow-backtracking", description = "Let patterns use look-around and back-references.")
    private boolean allowBacktracking;

    PolicyExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var document = document();
        var bundles = bundles();
        var digests = document.inputs("bundle");
        bundles.stream()
                .filter(source -> !digests.contains(source.bundle().digest()))
                .forEach(source -> environment
                        .err()
                        .println("plimsoll: note: the bundle " + source.bundle().id()
                                + " (--policy) is not the one that judged, or another version of it"));
        if (rule != null) {
            var names = document.rules();
            var known = names.stream().anyMatch(name -> rule.equals(name) || rule.endsWith("/" + name));
            if (!known) {
                throw CommandException.usage("the result tells nothing of a rule '" + rule + "' (--rule); it tells of "
                        + String.join(", ", names) + NearNames.question(rule, names));
            }
        }
        var width = environment.outIsTerminal() ? Math.clamp(environment.width(), 40, MOST_WIDTH) : USUAL_WIDTH;
        environment.out().print(VerdictExplanation.of(document, bundles, Optional.ofNullable(rule), width));
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private VerdictDocument document() {
        try {
            return VerdictDocument.read(WaiverFiles.bytes(environment, result, "a result", VerdictDocument.MAX_LENGTH));
        } catch (JsonException e) {
            throw CommandException.usage(result + " " + e.getMessage());
        }
    }

    private List<BundleSource> bundles() {
        var sources = new ArrayList<BundleSource>();
        var places = policies.stream().map(environment::resolve).toList();
        for (var file : PolicyFiles.files(places).files()) {
            sources.add(PolicyFiles.source(file, allowBacktracking));
        }
        return sources;
    }
}
