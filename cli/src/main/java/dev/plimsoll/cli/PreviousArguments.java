package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResultReader;
import dev.plimsoll.policy.background.History;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the run before said. Every command that finds vulnerabilities has this option.
final class PreviousArguments {

    @Option(
            names = "--previous",
            paramLabel = "FILE",
            description =
                    "The result of the run before, as -o json=FILE wrote it: tells since when something is known, and what a tag held.")
    private @Nullable String previous;

    Optional<BackgroundFile.Read<FormerResult>> read(Environment environment) {
        return Optional.ofNullable(previous)
                .map(file -> BackgroundFile.read(
                        environment.resolve(file), "previous", FormerResultReader.MAX_BYTES, FormerResultReader::read));
    }

    /// Since when findings are known as of an instant.
    History history(Environment environment, Instant at) {
        return History.of(at, read(environment).map(BackgroundFile.Read::value));
    }
}
