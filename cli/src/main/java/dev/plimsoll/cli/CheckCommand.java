package dev.plimsoll.cli;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.LeaseFinder;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.path.PathFinder;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Judges an image by a policy bundle.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Judge an image by a policy bundle: pass or fail, why, and what to do.",
        footer = {
            "",
            "Examples:",
            "  plimsoll check image.tar --policy bundle.json",
            "  plimsoll check image.tar --policy bundle.json --as registry.example/shop/web:1.4 -o table -o json=result.json",
            "  plimsoll check inventory:facts.json --policy bundle.json --at 2026-06-01",
            "",
            "Exit codes: 0 pass; 1 usage or tool error; 2 fail; 3 no verdict; 4 advisory data missing."
        })
final class CheckCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy bundle, in Anchore's JSON format 1_0 or 2.")
    private @Nullable String policy;

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

    @Option(
            names = "--allow-backtracking",
            description = "Let patterns of the bundle use look-around and back-references, with bounded steps.")
    private boolean allowBacktracking;

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Mixin
    private final DataArguments data = new DataArguments();

    @Mixin
    private final BaselineArguments baseline = new BaselineArguments();

    @Mixin
    private final ImageArguments image = new ImageArguments();

    @Mixin
    private final BackgroundArguments background = new BackgroundArguments();

    CheckCommand(Environment environment) {
        this.environment = environment;
    }

    enum Unmapped {
        STOP,
        GO
    }

    @Override
    public Integer call() throws IOException {
        if (policy == null) {
            throw CommandException.usage("check needs a policy bundle: --policy FILE");
        }
        var targets = output.targets(environment, "table");
        var bundle = PolicyFiles.read(environment.resolve(policy), allowBacktracking);
        for (var warning : bundle.warnings()) {
            note(warning);
        }
        var at = data.at(environment);
        var known = background.read(environment, image);
        try (var progress = new Progress(environment, output.quiet());
                var source = data.open(environment)) {
            progress.say("reading the image");
            var inventory = image.inventory(bundle.bundle().needs(), progress, environment, ExitCode.NO_VERDICT);
            progress.say("matching");
            var name = image.mappedName(inventory);
            var options = new EvaluationOptions(unmapped == Unmapped.GO, unknownSeverity, strict);
            Function<Inventory, MatchResult> match = found -> Matcher.match(found, source, data.matchOptions());
            Function<Evidence, Verdict> judge = asked -> PolicyEvaluator.evaluate(bundle.bundle(), asked, options);
            var bare = new Evidence(
                    inventory,
                    match.apply(inventory),
                    name.map(ImageName::parse).orElse(ImageName.ANY),
                    at,
                    known);
            var evidence = bare.with(baseline.addTo(
                    known,
                    environment,
                    place -> image.inventoryOf(
                            place, bundle.bundle().needs(), progress, environment, ExitCode.NO_VERDICT),
                    found -> bare.of(found, match.apply(found)),
                    judge));
            var verdict = LeaseFinder.withLease(judge.apply(evidence), evidence, judge);
            progress.say("looking for the way to a pass");
            var path = PathFinder.find(
                    verdict,
                    evidence,
                    strict ? Action.WARN : Action.STOP,
                    (changed, excused) -> PolicyEvaluator.evaluateExcusing(bundle.bundle(), changed, options, excused),
                    match::apply);
            progress.done();
            var notes = data.notes(source, environment);
            notes.forEach(this::note);
            background.notes(known, name.map(ImageName::parse), at).forEach(this::note);
            if (name.isEmpty() && verdict.mapping().isEmpty()) {
                note("the image has no name that the bundle's mappings could ask for; --as gives it one:"
                        + " --as registry.example/shop/web:1.4");
            }
            var result = new Result(
                    Version.text(),
                    image.displayName(inventory),
                    at,
                    inventory,
                    Optional.of(evidence.matches()),
                    Optional.of(verdict),
                    Optional.of(path),
                    History.of(at, known.previous()));
            output.write(environment, targets, result);
            return exitCode(verdict).code();
        }
    }

    private void note(String words) {
        if (!output.quiet()) {
            environment.err().println("plimsoll: note: " + words);
        }
    }

    private static ExitCode exitCode(Verdict verdict) {
        return switch (verdict.decision()) {
            case PASS -> ExitCode.PASS;
            case FAIL -> ExitCode.FAIL;
            case UNKNOWN -> ExitCode.NO_VERDICT;
            case DATA_MISSING -> ExitCode.DATA_MISSING;
        };
    }
}
