package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints a file of an image.
@Command(
        name = "cat",
        mixinStandardHelpOptions = true,
        description = "Print a file of an image, byte for byte. Links are followed inside the image.",
        footer = {
            "",
            "Examples:",
            "  plimsoll image cat image.tar /etc/os-release",
            "  plimsoll image cat image.tar /root/.aws/config --layer 3   (a layer's own version, though another hides it)",
            "",
            "Exit codes: 0 done; 1 usage or tool error, no such file, or the image cannot be read."
        })
final class ImageCatCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An image, named as for check.")
    private String where = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "A file of the image.")
    private String path = "";

    @Option(
            names = "--layer",
            paramLabel = "N",
            description =
                    "The version of this layer, counted from 1 as by `image layers`; default: what a container sees.")
    private int layer;

    @Mixin
    private final SourceArguments source = new SourceArguments();

    ImageCatCommand(Environment environment) {
        this.environment = environment;
    }

    /// A file of a layer.
    private record Place(String path, int layer) {}

    @Override
    public Integer call() {
        try (var progress = new Progress(environment, false)) {
            progress.say("reading the image");
            return source.with(where, progress, environment, ExitCode.ERROR, image -> {
                var place = place(image, progress);
                print(image, place, progress);
                return ExitCode.PASS.code();
            });
        }
    }

    private Place place(Image image, Progress progress) throws IOException {
        var wanted = ImagePath.of(path);
        var reading = source.reading(progress);
        var results = ImageListings.read(image, reading);
        if (layer > 0) {
            if (layer > results.size()) {
                throw CommandException.usage("--layer: there is no layer " + layer + "; there are " + results.size());
            }
            return inLayer(wanted, results.get(layer - 1).listing());
        }
        var tree = FileTree.merge(ImageListings.listings(results), reading);
        var entry = tree.resolve(wanted)
                .flatMap(tree::get)
                .orElseThrow(
                        () -> CommandException.usage(
                                "/" + wanted
                                        + ": there is no such file in the image; `plimsoll image ls IMAGE PATH --all` shows what layers hide"));
        return switch (entry.kind()) {
            case FILE -> new Place(entry.path(), entry.layer());
            // the bytes stand with the name that the tar gave them
            case HARD_LINK -> new Place(entry.linkTarget(), entry.layer());
            case DIRECTORY, SYMBOLIC_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, WHITEOUT, OPAQUE ->
                throw CommandException.usage(
                        "/" + entry.path() + ": is not a file (" + ImagePath.mode(entry.kind(), entry.mode()) + ")");
        };
    }

    private Place inLayer(String wanted, Iterable<LayerEntry> listing) {
        Place place = null;
        for (var entry : listing) {
            if (entry.path().equals(wanted) && entry.kind() == Kind.FILE) {
                place = new Place(wanted, layer - 1);
            } else if (entry.path().equals(wanted) && entry.kind() == Kind.HARD_LINK) {
                place = new Place(entry.linkTarget(), layer - 1);
            }
        }
        if (place == null) {
            throw CommandException.usage("/" + wanted + ": layer " + layer + " has no such file");
        }
        return place;
    }

    /// Nothing is printed before all of the layer's bytes were held against its digest, so the content waits in a
    /// temporary file.
    private void print(Image image, Place place, Progress progress) throws IOException {
        var file = Files.createTempFile(environment.temporaryFolder(), "plimsoll-", ".content");
        try {
            file.toFile().deleteOnExit();
            image.readLayers(
                    index -> index == place.layer() ? new Copy(place.path(), file) : new Copy("", file),
                    source.reading(progress));
            progress.done();
            Files.copy(file, environment.out());
            environment.out().flush();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Of two entries of one name the last counts.
    private record Copy(String path, Path file) implements LayerVisitor<Boolean> {

        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            if (entry.kind() == Kind.FILE && !path.isEmpty() && entry.path().equals(path)) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.transferTo(out);
                }
            }
        }

        @Override
        public Boolean finish() {
            return true;
        }
    }
}
