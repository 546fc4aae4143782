package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Shows what an image is made of, without judging it.
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description =
                "Show what an image is made of: manifest, configuration, layers, files; ask a registry what it has.")
final class ImageCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static CommandLine withSubcommands(Environment environment) {
        var line = new CommandLine(new ImageCommand());
        line.addSubcommand(new ImageListCommand(environment));
        line.addSubcommand(new ImageInspectCommand(environment));
        line.addSubcommand(new ImageLayersCommand(environment));
        line.addSubcommand(new ImageCatCommand(environment));
        line.addSubcommand(new TagsCommand(environment));
        line.addSubcommand(new ReferrersCommand(environment));
        line.addSubcommand(new CatalogCommand(environment));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(),
                "name a command: image ls, image inspect, image layers, image cat, image tags, image referrers or image"
                        + " catalog");
    }
}
