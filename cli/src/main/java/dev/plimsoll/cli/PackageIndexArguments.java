package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.policy.background.PackageIndex;
import dev.plimsoll.policy.background.PackageIndexReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What registries of packages hold.
final class PackageIndexArguments {

    @Option(
            names = "--package-index",
            paramLabel = "FILE",
            description =
                    "What registries of packages hold: newest and all versions (docs/background.md). The gates npms and ruby_gems ask for it.")
    private @Nullable String packageIndex;

    Optional<BackgroundFile.Read<PackageIndex>> read(Environment environment) {
        return Optional.ofNullable(packageIndex)
                .map(file -> BackgroundFile.read(
                        environment.resolve(file),
                        "package-index",
                        PackageIndexReader.MAX_FILE,
                        PackageIndexReader::read));
    }
}
