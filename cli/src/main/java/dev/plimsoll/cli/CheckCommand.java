package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.OutputArguments;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.LeaseFinder;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.path.PathFinder;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Judges an image by a policy bundle.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Judge an image by policy bundles: pass or fail, why, and what to do.",
        footer = {
            "",
            "Examples:",
            "  plimsoll check image.tar",
            "  plimsoll check image.tar --policy bundle.json",
            "  plimsoll check image.tar --policy bundle.json --as registry.example/shop/web:1.4 -o table -o json=result.json",
            "  plimsoll check inventory:facts.json --policy bundle.json --at 2026-06-01",
            "",
            "Exit codes: 0 pass; 1 usage or tool error; 2 fail; 3 no verdict; 4 advisory data missing."
        })
final class CheckCommand implements Callable<Integer> {

    /// Of bundles, that are told with each verdict.
    private static final int MAX_WARNINGS = 10;

    private final Environment environment;

    @Mixin
    private final PolicyArguments policy = new PolicyArguments();

    @Mixin
    private final EvaluationArguments evaluation = new EvaluationArguments();

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

    @Override
    public Integer call() throws IOException {
        var targets = output.targets(environment, "table");
        var bundles = policy.read(environment);
        var waived = evaluation.waivers(environment);
        bundles.warnings().stream().limit(MAX_WARNINGS).forEach(this::note);
        if (bundles.warnings().size() > MAX_WARNINGS) {
            note((bundles.warnings().size() - MAX_WARNINGS)
                    + " more warnings of the policy bundles; `plimsoll policy validate` tells all");
        }
        waived.warnings().forEach(this::note);
        if (!evaluation.namesWaivers() && Files.exists(environment.resolve(WaiverFiles.DEFAULT))) {
            note(WaiverFiles.DEFAULT + " is here and is not used; --waivers " + WaiverFiles.DEFAULT + " uses it");
        }
        var at = data.at(environment);
        var known = background.read(environment, image);
        try (var progress = new Progress(environment, output.quiet());
                var source = data.open(environment)) {
            progress.say("reading the image");
            var inventory = image.inventory(bundles.needs(), progress, environment, ExitCode.NO_VERDICT);
            progress.say("matching");
            var name = image.mappedName(inventory);
            var options = evaluation.options();
            Function<Inventory, MatchResult> match = found -> Matcher.match(found, source, data.matchOptions());
            Function<Evidence, Verdict> judge =
                    asked -> PolicyEvaluator.evaluate(bundles.bundles(), waived.waivers(), asked, options);
            var bare = new Evidence(
                    inventory,
                    match.apply(inventory),
                    name.map(ImageName::parse).orElse(ImageName.ANY),
                    at,
                    known);
            var evidence = bare.with(baseline.addTo(
                    known,
                    environment,
                    place -> image.inventoryOf(place, bundles.needs(), progress, environment, ExitCode.NO_VERDICT),
                    found -> bare.of(found, match.apply(found)),
                    judge));
            var verdict = LeaseFinder.withLease(judge.apply(evidence), evidence, judge);
            progress.say("looking for the way to a pass");
            var path = PathFinder.find(
                    verdict,
                    evidence,
                    evaluation.failing(),
                    (changed, excused) -> PolicyEvaluator.evaluateExcusing(
                            bundles.bundles(), waived.waivers(), changed, options, excused),
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
