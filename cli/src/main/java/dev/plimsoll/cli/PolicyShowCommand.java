package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.policy.bundle.DefaultBundle;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints a bundle that Plimsoll brings along.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print the policy bundle that judges where none is named.")
final class PolicyShowCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "NAME", description = "The bundle: default.")
    private String name = "";

    @Option(names = "--json", description = "As JSON; else as YAML.")
    private boolean json;

    PolicyShowCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!name.equals("default")) {
            throw CommandException.usage("there is no bundle '" + name + "'; there is: default");
        }
        var tree = DefaultBundle.tree();
        new BundleTarget(environment, Optional.empty()).write(json ? BundleTarget.json(tree) : BundleTarget.yaml(tree));
        return ExitCode.PASS.code();
    }
}
