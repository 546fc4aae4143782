package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.base.BaseImages;
import dev.plimsoll.inventory.base.KnownImage;
import dev.plimsoll.inventory.base.KnownImagesReader;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.policy.background.Background.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                "oci-layout:PATH[:TAG], registry:NAME[:TAG][@DIGEST], docker:NAME, podman:NAME, containers-storage:NAME, dir:FOLDER,",
                "file:FILE, inventory:FILE (as `sbom -o inventory=FILE` wrote it), sbom:FILE (CycloneDX, SPDX, Syft JSON, package",
                "URLs; - is standard input); a word that is no path is the name of an image: of a daemon that has it, else in a registry"
            })
    private String where = "";

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The name that the policy's mappings see: registry/repository:tag.")
    private @Nullable String as;

    @Option(names = "--dockerfile", paramLabel = "FILE", description = "The Dockerfile that the image was built from.")
    private @Nullable String dockerfile;

    @Option(
            names = "--ancestors",
            paramLabel = "FILE|FOLDER",
            description =
                    "Images that it may be built on: a list (docs/ancestors.md), or a folder of lists and inventories. What comes from the base is marked.")
    private @Nullable String ancestors;

    @Option(
            names = "--exclude",
            split = "\n",
            paramLabel = "PATH",
            description =
                    "Leave out a path of the image and all beneath it; * stands for part of a name, ** for folders: '/app/**/test'. May be given several times.")
    private List<String> excludes = List.of();

    private Optional<BackgroundFile.Read<List<KnownImage>>> known = Optional.empty();

    @Mixin
    private final SourceArguments source = new SourceArguments();

    @Mixin
    private final AnalysisArguments analysis = new AnalysisArguments();

    @Mixin
    private final ScanLimitArguments limits = new ScanLimitArguments();

    /// The name that the user gave.
    Optional<String> as() {
        if (as != null && !NAME.matcher(as).matches()) {
            throw CommandException.usage(
                    "--as: '" + as + "' is no image name; write for example registry.example/shop/web:1.4");
        }
        return Optional.ofNullable(as);
    }

    /// The name that mappings are asked for: the user's, else the image's own. A reference of an OCI layout that
    /// is a tag alone (`latest`) names no repository, so it is no name.
    Optional<String> mappedName(Inventory inventory) {
        return as().or(() -> ownName(inventory));
    }

    /// The name that an image itself gives.
    static Optional<String> ownName(Inventory inventory) {
        return inventory.image().names().stream()
                .filter(name -> name.indexOf('/') >= 0 || name.indexOf(':') >= 0)
                .findFirst();
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

    /// What the image is called in a result: the same for an image and for its inventory, unless nothing names it but
    /// the place that it was read from. A tag alone says too little, so the beginning of the id stands behind it.
    String displayName(Inventory inventory) {
        var image = inventory.image();
        return mappedName(inventory)
                .or(() -> image.names().stream()
                        .findFirst()
                        .map(tag -> tag
                                + image.id()
                                        .map(id -> " (" + id.algorithm() + ":"
                                                + id.hex().substring(0, SHORT_ID) + ")")
                                        .orElse("")))
                .or(() -> image.id().or(image::manifestDigest).map(Object::toString))
                .or(() -> inventory.document().map(document -> "an image told of by " + document.digest()))
                .orElse(where);
    }

    /// Reads the image, or the inventory that stands for it.
    ///
    /// @param wanted what is to be collected beside what the options say
    /// @param unreadable the exit code for an image that is there and cannot be read in full
    Inventory inventory(AnalysisRequest wanted, Progress progress, Environment environment, ExitCode unreadable) {
        return inventoryOf(where, wanted, progress, environment, unreadable);
    }

    /// Reads another image by the same options.
    Inventory inventoryOf(
            String place, AnalysisRequest wanted, Progress progress, Environment environment, ExitCode unreadable) {
        var known = knownImages(environment);
        var read = read(place, wanted, progress, environment, unreadable);
        return known.isEmpty()
                ? read
                : read.on(BaseImages.of(read.image(), known.get().value(), read.dockerfile())
                        .or(read.image()::base));
    }

    /// The images that it may be built on, read once; empty where none were given.
    Optional<BackgroundFile.Read<List<KnownImage>>> knownImages(Environment environment) {
        if (ancestors != null && known.isEmpty()) {
            var place = environment.resolve(ancestors);
            try {
                known = Optional.of(new BackgroundFile.Read<>(
                        KnownImagesReader.read(place),
                        new InputFile("ancestors", BackgroundFile.digestOf(KnownImagesReader.files(place)))));
            } catch (IOException e) {
                throw CommandException.usage("--ancestors: " + Failures.told(e));
            }
        }
        return known;
    }

    private Inventory read(
            String where, AnalysisRequest wanted, Progress progress, Environment environment, ExitCode unreadable) {
        as();
        var excluded = globs();
        var settings = analysis.settings().including(wanted);
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
        if (where.startsWith(SbomInput.SCHEME)) {
            noteMeaninglessForDocuments(environment);
            var read = SbomInput.read(where, environment, unreadable);
            return text.isPresent() ? read.withDockerfile(text.get()) : read;
        }
        var scanned = source.with(
                where,
                progress,
                environment,
                unreadable,
                image -> ImageScanner.scan(
                        image, new ScanOptions(settings, text, excluded, source.reading(progress), limits.limits())));
        noteNothingFound(where, scanned, environment);
        return scanned;
    }

    /// Of an image without packages a person knows why; of a folder of source he may think that it was understood.
    private static void noteNothingFound(String where, Inventory scanned, Environment environment) {
        var place = scanned.image().transport();
        if (scanned.packages().isEmpty() && (place.equals("dir") || place.equals("file"))) {
            environment
                    .err()
                    .println("plimsoll: note: no package was found in " + where
                            + "; `plimsoll analyzers` says what is looked for");
        }
    }

    private void noteMeaninglessForDocuments(Environment environment) {
        if (!excludes.isEmpty()) {
            environment.err().println("plimsoll: note: --exclude leaves nothing out of a document");
        }
        if (source.choosesPlatform()) {
            environment.err().println("plimsoll: note: --platform chooses nothing in a document");
        }
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
