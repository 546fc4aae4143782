package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Waivers as code: add, check, list, export and import them.
@Command(
        name = "waiver",
        mixinStandardHelpOptions = true,
        description =
                "Waivers as code: add one, check and list them, take them over from other tools, give them away as OpenVEX.")
final class WaiverCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static CommandLine withSubcommands(Environment environment) {
        var line = new CommandLine(new WaiverCommand());
        line.addSubcommand(new WaiverAddCommand(environment));
        line.addSubcommand(new WaiverCheckCommand(environment));
        line.addSubcommand(new WaiverListCommand(environment));
        line.addSubcommand(new WaiverExportCommand(environment));
        line.addSubcommand(new WaiverImportCommand(environment));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(),
                "name a command: waiver add, waiver check, waiver ls, waiver export, waiver import");
    }

    /// The instant that counts as now, in whole seconds.
    static Instant at(@Nullable Instant given, Environment environment) {
        return given != null
                ? given
                : Instant.ofEpochSecond(environment.clock().instant().getEpochSecond());
    }
}
