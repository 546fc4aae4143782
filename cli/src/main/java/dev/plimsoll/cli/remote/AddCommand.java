package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Gives an image to the server, and goes away.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Give an image to the server, and with --watch have it look after the tag from now on.",
        footer = {
            "",
            "Examples:",
            "  plimsoll remote add registry.example/shop/web:1.4",
            "  plimsoll remote add registry.example/shop/web:stable --watch 5m"
        })
final class AddCommand extends RemoteTask {

    @Parameters(paramLabel = "IMAGE", description = "A reference: registry.example/shop/web:1.4; or inventory:FILE.")
    private String image = "";

    @Option(names = "--as", paramLabel = "NAME", description = "The name of the image of an inventory.")
    private @Nullable String name;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which image of an index: linux/arm64.")
    private @Nullable String platform;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Look every so often whether the tag has moved.")
    private @Nullable Duration watch;

    @Option(names = "--force", description = "Have it analysed anew where it is known.")
    private boolean force;

    AddCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var submitted = Submission.of(environment(), image, name)
                .submit(client, platform, force, watch == null ? null : watch.toSeconds());
        var digest = Field.text(submitted, "image.digest");
        say(Submission.job(submitted)
                .map(id -> "job " + id + " looks into " + image)
                .orElse(image + " is known" + (digest.equals("-") ? "" : ": " + digest)));
        return ExitCode.PASS;
    }
}
