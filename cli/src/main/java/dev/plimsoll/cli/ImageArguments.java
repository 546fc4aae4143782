package dev.plimsoll.cli;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.inventory.serial.InventoryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The image, and how it is read. Every command that takes an image has these options.
final class ImageArguments {

    /// In bytes; a Dockerfile is a few pages.
    static final int MAX_DOCKERFILE = 4 << 20;

    private static final String INVENTORY = "inventory:";

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description =
                    "docker-archive:FILE, oci-layout:FOLDER[:TAG], oci-layout:FILE.tar, inventory:FILE, or a path")
    private String where = "";

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of an index; default: that of this machine.")
    private @Nullable String platform;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The name that the policy's mappings see: registry/repository:tag.")
    private @Nullable String as;

    @Option(names = "--dockerfile", paramLabel = "FILE", description = "The Dockerfile that the image was built from.")
    private @Nullable String dockerfile;

    @Option(
            names = "--exclude",
            split = "\n",
            paramLabel = "GLOB",
            description = "Leave out paths of the image, for example '/usr/share/doc/**'; may be given several times.")
    private List<String> excludes = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30m",
            description = "Give up reading after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(names = "--verify-diff-ids", description = "Verify the unpacked layers too, not only the blobs.")
    private boolean verifyDiffIds;

    @Option(
            names = "--max-manifest-bytes",
            paramLabel = "N",
            description = "Limit of the longest manifest or configuration.")
    private int maxManifestBytes = ImageLimits.DEFAULTS.manifestBytes();

    @Option(names = "--max-layers", paramLabel = "N", description = "Limit of layers.")
    private int maxLayers = ImageLimits.DEFAULTS.layers();

    @Option(names = "--max-layer-entries", paramLabel = "N", description = "Limit of entries in one layer.")
    private int maxLayerEntries = ImageLimits.DEFAULTS.layerEntries();

    @Option(
            names = "--max-layer-unpacked-bytes",
            paramLabel = "N",
            description = "Limit of bytes of one unpacked layer.")
    private long maxLayerUnpackedBytes = ImageLimits.DEFAULTS.layerUnpackedBytes();

    @Option(names = "--max-ratio", paramLabel = "N", description = "Limit of unpacked bytes for one packed byte.")
    private int maxRatio = ImageLimits.DEFAULTS.ratio();

    @Option(names = "--max-path-bytes", paramLabel = "N", description = "Limit of the longest path.")
    private int maxPathBytes = ImageLimits.DEFAULTS.pathBytes();

    @Option(names = "--max-index-depth", paramLabel = "N", description = "Limit of indexes within indexes.")
    private int maxIndexDepth = ImageLimits.DEFAULTS.indexDepth();

    /// The name that the user gave.
    Optional<String> as() {
        return Optional.ofNullable(as);
    }

    /// What the image is called in a result: the same for an image and for its inventory.
    String displayName(Inventory inventory) {
        return as().or(() -> inventory.image().names().stream().findFirst())
                .orElse(inventory.image().id().toString());
    }

    /// Reads the image, or the inventory that stands for it.
    ///
    /// @param digested paths whose SHA-256 the policy asks for
    /// @param unreadable the exit code for an image that is there and cannot be read in full
    Inventory inventory(Set<String> digested, Progress progress, Environment environment, ExitCode unreadable) {
        var text = dockerfileText(environment);
        if (where.startsWith(INVENTORY)) {
            var read = readInventory(
                    environment.resolve(where.substring(INVENTORY.length())).toString());
            return text.isPresent() ? read.withDockerfile(text.get()) : read;
        }
        var limits = new ImageLimits(
                maxManifestBytes,
                maxLayers,
                maxLayerEntries,
                maxLayerUnpackedBytes,
                maxRatio,
                maxPathBytes,
                maxIndexDepth);
        var reading =
                new ReadOptions(Runtime.getRuntime().availableProcessors(), verifyDiffIds, timeout, limits, progress);
        try (var image = Images.open(where, environment.folder(), OpenOptions.of(wantedPlatform(), limits))) {
            return ImageScanner.scan(image, new ScanOptions(digested, text, excludes, reading));
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

    private static Inventory readInventory(String file) {
        try {
            return InventoryReader.read(java.nio.file.Path.of(file));
        } catch (IOException e) {
            throw CommandException.usage(e);
        }
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

    private Optional<String> dockerfileText(Environment environment) {
        if (dockerfile == null) {
            return Optional.empty();
        }
        var file = environment.resolve(dockerfile);
        try {
            if (Files.size(file) > MAX_DOCKERFILE) {
                throw CommandException.usage("--dockerfile: " + file + " is over " + MAX_DOCKERFILE + " bytes");
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CommandException.usage("--dockerfile: cannot read " + file);
        }
    }
}
