package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.image.registry.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says which tags a repository has.
@Command(
        name = "tags",
        mixinStandardHelpOptions = true,
        description = "List the tags of a repository in a registry.",
        footer = {"", "Example: plimsoll image tags registry.example/shop/web", "", "Exit codes: 0 done; 1 error."})
final class TagsCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "Its name, as in the name of an image.")
    private String repository = "";

    @Mixin
    private final RegistryListing listing = new RegistryListing();

    TagsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return listing.print(environment, client -> client.tags(Reference.parse(repository), listing.maxNames()));
    }
}
