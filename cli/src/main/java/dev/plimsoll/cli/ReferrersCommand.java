package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.image.registry.Referrer;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what refers to an image: signatures, SBOMs, attestations.
@Command(
        name = "referrers",
        mixinStandardHelpOptions = true,
        description = "List what refers to an image in a registry: signatures, SBOMs, attestations.",
        footer = {
            "",
            "Prints digest, artifact type and size, a line for each.",
            "Example: plimsoll image referrers registry.example/shop/web:1.4 --artifact-type application/spdx+json",
            "",
            "Exit codes: 0 done; 1 error."
        })
final class ReferrersCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "Its name, with a tag or a digest.")
    private String image = "";

    @Option(names = "--artifact-type", paramLabel = "TYPE", description = "Only those of this type.")
    private @Nullable String artifactType;

    @Mixin
    private final RegistryListing listing = new RegistryListing();

    ReferrersCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return listing.print(
                environment,
                client -> client
                        .referrers(
                                Reference.parse(image),
                                Optional.ofNullable(artifactType),
                                ImageLimits.DEFAULTS.manifestBytes(),
                                listing.maxNames())
                        .stream()
                        .map(ReferrersCommand::line)
                        .toList());
    }

    private static String line(Referrer referrer) {
        return referrer.digest() + "  "
                + (referrer.artifactType().isEmpty() ? "-" : referrer.artifactType())
                + "  "
                + (referrer.size() < 0 ? "-" : referrer.size());
    }
}
