package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.image.source.SourceContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where an image is looked for, and how it is read. Every command that takes an image has these options.
final class SourceArguments {

    @Option(
            names = "--from",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "PLACE",
            description =
                    "Where an IMAGE without a scheme is looked for, in this order; for example registry, or docker,registry.")
    private List<String> from = List.of();

    @Option(
            names = "--image",
            paramLabel = "NAME",
            description = "Which of several images in one archive or layout: its name, tag, or digest behind an @.")
    private @Nullable String imageName;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of an index; default: that of this machine.")
    private @Nullable String platform;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30m",
            description = "Give up reading after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(names = "--verify-diff-ids", description = "Verify the unpacked layers too, not only the blobs.")
    private boolean verifyDiffIds;

    @Mixin
    private final RegistryArguments registry = new RegistryArguments();

    @Mixin
    private final DaemonArguments daemon = new DaemonArguments();

    @Mixin
    private final LimitArguments limits = new LimitArguments();

    /// What is done with an image that was opened.
    @FunctionalInterface
    interface Use<R> {
        R of(Image image) throws IOException;
    }

    /// Opens an image, does something with it, and closes it again.
    ///
    /// @param unreadable the exit code for an image that is there and cannot be read in full
    /// @throws CommandException for whatever goes wrong with the image
    <R> R with(String where, Progress progress, Environment environment, ExitCode unreadable, Use<R> use) {
        if (where.isBlank()) {
            throw CommandException.usage("IMAGE is empty; name a file, a folder or an image");
        }
        if (where.startsWith("sbom:") || where.startsWith("inventory:")) {
            throw CommandException.usage(where
                    + ": is a document about an image, without layers and files; this command needs the image itself");
        }
        try (var image = Images.open(where, context(progress, environment))) {
            return use.of(image);
        } catch (ImageException e) {
            throw switch (e.kind()) {
                case NOT_FOUND -> CommandException.usage(e);
                case UNREADABLE -> new CommandException(unreadable, "cannot read the image: " + e.getMessage());
            };
        } catch (IOException e) {
            throw new CommandException(unreadable, "cannot read the image: " + e.getMessage());
        } catch (OutOfMemoryError _) {
            throw new CommandException(unreadable, "cannot read the image: " + Main.outOfMemory());
        }
    }

    ReadOptions reading(Progress progress) {
        return new ReadOptions(
                Runtime.getRuntime().availableProcessors(), verifyDiffIds, timeout, limits.limits(), progress);
    }

    private SourceContext context(Progress progress, Environment environment) {
        return new SourceContext(
                environment.folder(),
                OpenOptions.of(wantedPlatform(), limits.limits()),
                Optional.ofNullable(imageName),
                from,
                daemon.variables(environment),
                environment.in(),
                environment.temporaryFolder(),
                timeout,
                progress::say,
                registry.options(environment, timeout));
    }

    /// Whether the user chose one.
    boolean choosesPlatform() {
        return platform != null;
    }

    private Optional<Platform> wantedPlatform() {
        if (platform == null) {
            return Optional.empty();
        }
        var found = Platform.parse(platform);
        if (found.isEmpty()) {
            throw CommandException.usage(
                    "--platform: '" + platform + "' is no platform; write for example linux/arm64");
        }
        return found;
    }
}
