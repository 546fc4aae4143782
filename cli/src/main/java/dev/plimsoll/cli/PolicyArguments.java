package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import java.util.List;
import picocli.CommandLine.Option;

/// Which bundles judge.
final class PolicyArguments {

    @Option(
            names = "--policy",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "A policy bundle in JSON or YAML, Anchore's format 1_0 or 2, or a folder of bundles; may be given several times, and the worst verdict counts. Default: Plimsoll's own (policy show default).")
    private List<String> places = List.of();

    @Option(
            names = "--allow-backtracking",
            description = "Let patterns of the bundle use look-around and back-references, with bounded steps.")
    private boolean allowBacktracking;

    /// @throws CommandException when a bundle cannot be used
    PolicyFiles.UsableBundles read(Environment environment) {
        return read(environment, places);
    }

    /// The same of other places.
    PolicyFiles.UsableBundles read(Environment environment, List<String> named) {
        return named.isEmpty()
                ? PolicyFiles.ofDefault()
                : PolicyFiles.read(named.stream().map(environment::resolve).toList(), allowBacktracking);
    }
}
