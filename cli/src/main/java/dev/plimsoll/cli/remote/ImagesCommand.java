package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists what the server knows.
@Command(name = "images", mixinStandardHelpOptions = true, description = "List the images that the server knows.")
final class ImagesCommand extends RemoteTask {

    private static final List<Field> FIELDS = List.of(
            Field.digest("DIGEST", "digest"),
            Field.wrapped("NAMES", "names"),
            Field.of("STATE", "state"),
            Field.of("DISTRO", "distro"),
            Field.of("PACKAGES", "packages"),
            Field.of("ANALYSED", "analyzed_at"),
            Field.wrapped("REASON", "reason"));

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Only of this repository: registry.example/shop/web.")
    private @Nullable String repository;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag.")
    private @Nullable String tag;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: queued, analyzing, analyzed, failed.")
    private @Nullable String state;

    @Mixin
    private final ListArguments list = new ListArguments();

    ImagesCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var query = Query.NONE.with("repository", repository).with("tag", tag).with("state", state);
        return list.print(environment(), client, "/images", query, FIELDS, "no images");
    }
}
