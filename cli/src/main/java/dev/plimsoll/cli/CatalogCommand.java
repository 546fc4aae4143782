package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says which repositories a registry has.
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        description = "List the repositories of a registry that tells them; many do not.",
        footer = {"", "Example: plimsoll image catalog registry.example:5000", "", "Exit codes: 0 done; 1 error."})
final class CatalogCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "REGISTRY", description = "Its host, or host:port.")
    private String registry = "";

    @Mixin
    private final RegistryListing listing = new RegistryListing();

    CatalogCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return listing.print(environment, client -> client.catalogue(registry, listing.maxNames()));
    }
}
