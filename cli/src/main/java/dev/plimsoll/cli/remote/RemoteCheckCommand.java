package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.cli.command.OutputArguments;
import dev.plimsoll.cli.command.OutputArguments.Target;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.report.Presentation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Has an image judged by a server, and prints what it says.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Have the server judge an image: it is pulled once, and judged by the active bundle.",
        footer = {
            "",
            "Examples:",
            "  plimsoll remote check registry.example/shop/web:1.4",
            "  plimsoll remote check registry.example/shop/web:1.4 -o table -o json=result.json",
            "  plimsoll remote check registry.example/shop/web:1.4 --at 2026-06-01",
            "  plimsoll remote check inventory:facts.json --as registry.example/shop/web:1.4",
            "",
            "Exit codes: 0 pass; 1 usage, server or tool error; 2 fail; 3 no verdict; 4 advisory data missing."
        })
final class RemoteCheckCommand extends RemoteTask {

    private static final List<ExitCode> VERDICTS =
            List.of(ExitCode.PASS, ExitCode.FAIL, ExitCode.NO_VERDICT, ExitCode.DATA_MISSING);

    @Parameters(
            paramLabel = "IMAGE",
            description =
                    "A reference (registry.example/shop/web:1.4), a digest that the server knows, or inventory:FILE.")
    private String image = "";

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Option(names = "--as", paramLabel = "NAME", description = "The name of the image of an inventory.")
    private @Nullable String name;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which image of an index: linux/arm64.")
    private @Nullable String platform;

    @Option(
            names = "--bundle",
            paramLabel = "ID",
            description = "Judge by this bundle of the server (its number or id), not by the active one.")
    private @Nullable String bundle;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description =
                    "The verdict as of this instant, by the data, bundle, waivers and tags of then; nothing is pulled.")
    private @Nullable Instant at;

    @Option(names = "--no-wait", description = "Only give the image to the server, and say the job that looks into it.")
    private boolean noWait;

    @Option(names = "--force", description = "Have it analysed anew where it is known.")
    private boolean force;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30m",
            description = "Give up waiting after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    RemoteCheckCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var targets = output.targets(environment(), "table");
        var submission = Submission.of(environment(), image, name);
        String judged;
        if (at != null && submission instanceof Submission.OfRegistry) {
            judged = image;
        } else {
            var submitted = submission.submit(client, platform, force, null);
            var job = Submission.job(submitted);
            if (noWait) {
                say(job.map(id -> "job " + id).orElse("known already"));
                return ExitCode.PASS;
            }
            job.ifPresent(id -> await(client, id));
            judged = submission.judged(submitted);
        }
        return report(client, targets, judged, bundle == null ? null : BundleNumbers.of(client, bundle));
    }

    private void await(RemoteClient client, String job) {
        try (var progress = new Progress(environment(), output.quiet())) {
            Submission.mustHaveEndedWell(image, new JobWatch(client, progress, timeout).await(job));
        }
    }

    private ExitCode report(RemoteClient client, List<Target> targets, String judged, @Nullable String by) {
        var code = new ExitCode[] {ExitCode.ERROR};
        output.write(environment(), targets, (format, presentation, out) -> {
            var answer = client.ask("/check", question(judged, format.name(), presentation, by));
            code[0] = code(answer);
            answer.copyTo(out);
        });
        return code[0];
    }

    private Query question(String judged, String format, Presentation presentation, @Nullable String by) {
        return Query.of("reference", judged)
                .with("format", format)
                .with("width", Integer.toString(presentation.width()))
                .with("colour", presentation.colour())
                .with("detail", presentation.detail())
                .with("bundle", by)
                .at(at);
    }

    private static ExitCode code(Answer answer) {
        var said = answer.header("plimsoll-exit-code").orElse("");
        return VERDICTS.stream()
                .filter(code -> said.equals(Integer.toString(code.code())))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("the server gives a report without saying what it means"
                        + " (plimsoll-exit-code is '" + said + "'): is it of another version?"));
    }
}
