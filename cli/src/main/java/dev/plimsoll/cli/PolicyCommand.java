package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Tools for whoever writes policy bundles.
@Command(name = "policy", mixinStandardHelpOptions = true, description = "Write, check and convert policy bundles.")
final class PolicyCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static CommandLine withSubcommands(Environment environment) {
        var line = new CommandLine(new PolicyCommand());
        line.addSubcommand(new PolicyValidateCommand(environment));
        line.addSubcommand(new PolicyDescribeCommand(environment));
        line.addSubcommand(new PolicyInitCommand(environment));
        line.addSubcommand(new PolicyShowCommand(environment));
        line.addSubcommand(new PolicyConvertCommand(environment));
        line.addSubcommand(new PolicySchemaCommand(environment));
        line.addSubcommand(new PolicyTestCommand(environment));
        line.addSubcommand(new PolicyDiffCommand(environment));
        line.addSubcommand(new PolicyExplainCommand(environment));
        line.addSubcommand(new PolicySimulateCommand(environment));
        return line;
    }

    @Override
    public void run() {
        var line = Objects.requireNonNull(spec).commandLine();
        throw new CommandLine.ParameterException(
                line,
                "name a command: policy "
                        + String.join(", ", line.getSubcommands().keySet()));
    }
}
