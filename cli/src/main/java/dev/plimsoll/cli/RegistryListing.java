package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.image.registry.RegistryClient;
import dev.plimsoll.report.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A question to a registry that is answered by a list. Every command that asks one has these options.
final class RegistryListing {

    @Option(
            names = "--max-names",
            paramLabel = "N",
            description = "Limit of what a registry lists (default: ${DEFAULT-VALUE}).")
    private int maxNames = RegistryClient.DEFAULT_MOST_NAMES;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "5m",
            description = "Give up after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private final RegistryArguments registry = new RegistryArguments();

    int maxNames() {
        return maxNames;
    }

    /// Asks, and prints a line for each answer.
    int print(Environment environment, Question question) {
        try (var client = RegistryClient.of(registry.options(environment, timeout))) {
            // names are the registry's, and go to a terminal
            question.ask(client).forEach(line -> environment.out().println(PlainText.of(line)));
            environment.out().flush();
            return ExitCode.PASS.code();
        } catch (IOException e) {
            throw CommandException.usage(e);
        }
    }

    /// What is asked.
    @FunctionalInterface
    interface Question {
        List<String> ask(RegistryClient client) throws IOException;
    }
}
