package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.matching.Explanation;
import dev.plimsoll.matching.Matcher;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says why a vulnerability was found in an image, or why not.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Say why a vulnerability was found in an image, or why not: package, place, range, source record.",
        footer = {
            "",
            "Example:",
            "  plimsoll explain image.tar CVE-2011-3374",
            "",
            "Exit codes: 0 explained, whether it matches or not; 1 usage or tool error."
        })
final class ExplainCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "A CVE, or the id of any record: CVE-2011-3374, GHSA-…, DSA-…")
    private String id = "";

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes on standard error.")
    private boolean quiet;

    @Mixin
    private final DataArguments data = new DataArguments();

    @Mixin
    private final ImageArguments image = new ImageArguments();

    ExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (id.isBlank()) {
            throw CommandException.usage("ID is empty; name for example CVE-2011-3374");
        }
        try (var progress = new Progress(environment, quiet);
                var source = data.open(environment)) {
            progress.say("reading the image");
            var inventory = image.inventory(AnalysisRequest.nothing(), progress, environment, ExitCode.ERROR);
            var explanation = explanation(inventory, source);
            progress.done();
            if (!quiet) {
                data.notes(source, environment)
                        .forEach(note -> environment.err().println("plimsoll: note: " + note));
            }
            environment
                    .out()
                    .print(ExplanationText.of(
                            explanation, inventory, image.displayName(inventory), environment.width()));
            environment.out().flush();
            return ExitCode.PASS.code();
        } catch (AdvisoryException e) {
            throw CommandException.usage(e);
        }
    }

    /// People type `cve-2011-3374`; where nothing has the id as given, its usual form is tried.
    private Explanation explanation(Inventory inventory, AdvisorySource source) {
        var asGiven = Matcher.explain(inventory, source, data.matchOptions(), id);
        var dash = id.indexOf('-');
        if (asGiven.known() || dash < 0) {
            return asGiven;
        }
        var prefix = id.substring(0, dash).toUpperCase(Locale.ROOT);
        var usual = prefix + (prefix.equals("GHSA") ? id.substring(dash).toLowerCase(Locale.ROOT) : id.substring(dash));
        var found = usual.equals(id) ? asGiven : Matcher.explain(inventory, source, data.matchOptions(), usual);
        return found.known() ? found : asGiven;
    }
}
