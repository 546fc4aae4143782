package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.image.tree.PathHistory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists the files of an image.
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "List the files of an image: mode, owner, size, the layer that brought each, path.",
        footer = {
            "",
            "Examples:",
            "  plimsoll image ls image.tar /usr/bin",
            "  plimsoll image ls image.tar /etc/passwd --all      (every layer's version, and which layer hid it)",
            "",
            "Exit codes: 0 done; 1 usage or tool error, nothing there, or the image cannot be read."
        })
final class ImageListCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An image, named as for check.")
    private String where = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "A path of the image; default: all.")
    private String path = "/";

    @Option(
            names = "--all",
            description = "Show what lies beneath, too: each layer's own version, and the layer that hid it.")
    private boolean all;

    @Mixin
    private final SourceArguments source = new SourceArguments();

    ImageListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var progress = new Progress(environment, false)) {
            progress.say("reading the image");
            return source.with(where, progress, environment, ExitCode.ERROR, image -> list(image, progress));
        }
    }

    private int list(Image image, Progress progress) throws IOException {
        var reading = source.reading(progress);
        var listings = ImageListings.listings(ImageListings.read(image, reading));
        progress.done();
        var wanted = ImagePath.of(path);
        var shown = all ? history(wanted, listings, reading) : tree(wanted, FileTree.merge(listings, reading));
        if (shown == 0 && !wanted.isEmpty()) {
            throw CommandException.usage("/" + wanted + ": there is no such path in the image"
                    + (all ? "" : "; --all shows what layers hide"));
        }
        return ExitCode.PASS.code();
    }

    private int history(String wanted, List<LayerListing> listings, ReadOptions reading) throws IOException {
        var shown = 0;
        for (var event : PathHistory.of(wanted, listings, reading)) {
            var entry = event.entry();
            environment
                    .out()
                    .println(ImagePath.line(
                                    entry.kind(),
                                    entry.mode(),
                                    entry.userId(),
                                    entry.groupId(),
                                    entry.size(),
                                    "layer " + (event.layer() + 1),
                                    entry.path(),
                                    entry.linkTarget())
                            + switch (event.fate()) {
                                case VISIBLE -> "";
                                case REPLACED -> "  (replaced by layer " + (event.by() + 1) + ")";
                                case REMOVED -> "  (removed by layer " + (event.by() + 1) + ")";
                            });
            shown++;
        }
        return shown;
    }

    private int tree(String wanted, FileTree tree) {
        // a user who names a link to a folder means the folder
        var real = tree.get(wanted)
                .filter(entry -> entry.kind() == Kind.SYMBOLIC_LINK && path.endsWith("/"))
                .flatMap(_ -> tree.resolve(wanted))
                .or(() -> tree.get(wanted).isPresent() ? java.util.Optional.of(wanted) : tree.resolve(wanted))
                .orElse(wanted);
        var shown = 0;
        for (var entry : tree) {
            if (real.isEmpty() || entry.path().equals(real) || entry.path().startsWith(real + "/")) {
                environment
                        .out()
                        .println(ImagePath.line(
                                entry.kind(),
                                entry.mode(),
                                entry.userId(),
                                entry.groupId(),
                                entry.size(),
                                "layer " + (entry.layer() + 1),
                                entry.path(),
                                entry.linkTarget()));
                shown++;
            }
        }
        return shown;
    }
}
