package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command itself, which only has subcommands.
@Command(
        name = "plimsoll",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The load line for containers: looks into an image and says pass or fail, with the reasons.",
        footer = {
            "",
            "Begin with:",
            "  plimsoll vulns image.tar",
            "  plimsoll check image.tar --policy bundle.json",
            "",
            "Exit codes: 0 pass; 1 usage or tool error; 2 fail; 3 no verdict; 4 advisory data missing.",
            "Every option is also a variable (PLIMSOLL_MAX_DB_AGE for --max-db-age) and a key of .plimsoll.yaml (max-db-age); the command line counts most, then the variable, then the file."
        })
final class PlimsollCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    /// Read by {@link Main} before options get their defaults; here so that it is known and described.
    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The configuration file; default: .plimsoll.yaml here, else the user's own.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable String configuration;

    @Override
    public void run() {
        var line = java.util.Objects.requireNonNull(spec).commandLine();
        throw new CommandLine.ParameterException(
                line,
                "name a command: " + String.join(", ", line.getSubcommands().keySet()));
    }
}
