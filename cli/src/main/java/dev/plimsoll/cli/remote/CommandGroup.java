package dev.plimsoll.cli.remote;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// A command that only has subcommands.
final class CommandGroup implements Runnable {

    private @Nullable CommandLine line;

    private CommandGroup() {}

    /// @param subcommands command lines, or objects of annotated classes
    static CommandLine of(String name, String description, Object... subcommands) {
        var group = new CommandGroup();
        var spec = CommandSpec.wrapWithoutInspection(group).name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description);
        var line = new CommandLine(spec);
        for (var subcommand : subcommands) {
            line.addSubcommand(subcommand);
        }
        group.line = line;
        return line;
    }

    @Override
    public void run() {
        var known = Objects.requireNonNull(line);
        throw new CommandLine.ParameterException(
                known,
                "name a command: " + known.getCommandSpec().qualifiedName(" ").replaceFirst("^plimsoll ", "") + " "
                        + String.join(", ", known.getSubcommands().keySet()));
    }
}
