package dev.plimsoll.cli;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.image.source.SourceContext;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.inventory.serial.InventoryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The image, and how it is read. Every command that takes an image has these options.
final class ImageArguments {

    /// In bytes; a Dockerfile is a few pages.
    static final int MAX_DOCKERFILE = 4 << 20;

    /// In digits, as Docker shows ids.
    private static final int SHORT_ID = 12;

    private static final String INVENTORY = "inventory:";
    private static final Pattern NAME = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._:/@-]*");

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description = {
                "A path (an archive of docker save, an OCI layout as folder or tar, either packed; a root file system), - for",
                "such an archive on standard input, or a place with its scheme: docker-archive:FILE[:NAME],",
                "oci-layout:PATH[:TAG], docker:NAME, podman:NAME, containers-storage:NAME, dir:FOLDER, file:FILE, inventory:FILE (as",
                "`sbom -o inventory=FILE` wrote it)"
            })
    private String where = "";

    @Option(
            names = "--from",
            split = ",",
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
            names = "--as",
            paramLabel = "NAME",
            description = "The name that the policy's mappings see: registry/repository:tag.")
    private @Nullable String as;

    @Option(names = "--dockerfile", paramLabel = "FILE", description = "The Dockerfile that the image was built from.")
    private @Nullable String dockerfile;

    @Option(
            names = "--exclude",
            split = "\n",
            paramLabel = "PATH",
            description =
                    "Leave out a path of the image and all beneath it; * stands for part of a name, ** for folders: '/app/**/test'. May be given several times.")
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

    @Mixin
    private final DaemonArguments daemon = new DaemonArguments();

    @Mixin
    private final LimitArguments limits = new LimitArguments();

    /// The name that the user gave.
    Optional<String> as() {
        if (as != null && !NAME.matcher(as).matches()) {
            throw CommandException.usage(
                    "--as: '" + as + "' is no image name; write for example registry.example/shop/web:1.4");
        }
        return Optional.ofNullable(as);
    }

    /// The name that mappings are asked for: the user's, else the image's own. A reference of an OCI layout that is a
    /// tag alone (`latest`) names no repository, so it is no name.
    Optional<String> mappedName(Inventory inventory) {
        return as().or(() -> inventory.image().names().stream()
                .filter(name -> name.indexOf('/') >= 0 || name.indexOf(':') >= 0)
                .findFirst());
    }

    private List<String> globs() {
        var globs = new ArrayList<String>();
        for (var path : excludes) {
            var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            if (plain.isBlank()) {
                throw CommandException.usage("--exclude: '" + path + "' would leave out nothing or everything");
            }
            globs.add(plain);
        }
        return globs;
    }

    /// What the image is called in a result: the same for an image and for its inventory. A tag alone says too little,
    /// so the beginning of the image's id stands behind it.
    String displayName(Inventory inventory) {
        var image = inventory.image();
        return mappedName(inventory)
                .or(() -> image.names().stream()
                        .findFirst()
                        .map(tag -> tag + " (" + image.id().algorithm() + ":"
                                + image.id().hex().substring(0, SHORT_ID) + ")"))
                .orElse(image.id().toString());
    }

    /// Reads the image, or the inventory that stands for it.
    ///
    /// @param digested paths whose SHA-256 the policy asks for
    /// @param unreadable the exit code for an image that is there and cannot be read in full
    Inventory inventory(Set<String> digested, Progress progress, Environment environment, ExitCode unreadable) {
        if (where.isBlank()) {
            throw CommandException.usage("IMAGE is empty; name a file or folder");
        }
        as();
        var text = dockerfileText(environment);
        if (where.startsWith(INVENTORY)) {
            if (!excludes.isEmpty()) {
                environment
                        .err()
                        .println("plimsoll: note: --exclude leaves nothing out of an inventory that is there already;"
                                + " give it to the sbom that writes one");
            }
            var read = readInventory(environment.resolve(where.substring(INVENTORY.length())));
            return text.isPresent() ? read.withDockerfile(text.get()) : read;
        }
        var reading = new ReadOptions(
                Runtime.getRuntime().availableProcessors(), verifyDiffIds, timeout, limits.limits(), progress);
        try (var image = Images.open(where, context(progress, environment))) {
            return ImageScanner.scan(image, new ScanOptions(digested, text, globs(), reading));
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
                progress::say);
    }

    private static Inventory readInventory(Path file) {
        if (!Files.exists(file)) {
            throw CommandException.usage("there is no inventory " + file);
        }
        if (Files.isDirectory(file)) {
            throw CommandException.usage(file + " is a folder, not an inventory");
        }
        try {
            return InventoryReader.read(file);
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
            throw CommandException.usage("--dockerfile: cannot read " + file + ": " + Failures.reason(e));
        }
    }
}
