package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.report.PlainText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lists the layers of an image.
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description =
                "List the layers of an image, lowest first: sizes in bytes, entries, digest, the step that made it.",
        footer = {"", "Example:", "  plimsoll image layers image.tar"})
final class ImageLayersCommand implements Callable<Integer> {

    /// In characters, of the step that made a layer.
    private static final int STEP = 60;

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An image, named as for check.")
    private String where = "";

    @Mixin
    private final SourceArguments source = new SourceArguments();

    ImageLayersCommand(Environment environment) {
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
        var results = ImageListings.read(image, source.reading(progress));
        progress.done();
        var out = environment.out();
        out.println(image.origin()
                + (image.verified() ? "" : " (not verified: nothing holds the bytes of its layers against digests)"));
        out.println(" layer        packed      unpacked   entries  digest");
        var steps = steps(image);
        for (var i = 0; i < results.size(); i++) {
            var result = results.get(i);
            var described = i < image.layers().size();
            out.println(String.format(
                    Locale.ROOT,
                    "%6d  %12s  %12d  %8d  %s%s",
                    i + 1,
                    described && image.layers().get(i).size() >= 0
                            ? image.layers().get(i).size()
                            : "-",
                    result.unpackedSize(),
                    result.entries(),
                    described ? image.layers().get(i).digest() : "-",
                    i < steps.size() ? "  " + step(steps.get(i)) : ""));
        }
        return ExitCode.PASS.code();
    }

    /// The steps of the history, where there is one for each layer.
    private static List<HistoryEntry> steps(Image image) {
        var steps = image.configuration().stream()
                .flatMap(configuration -> configuration.history().stream())
                .filter(entry -> !entry.emptyLayer())
                .toList();
        return steps.size() == image.layers().size() ? steps : List.of();
    }

    private static String step(HistoryEntry entry) {
        var text = PlainText.of(entry.createdBy().replaceAll("\\s+", " ").strip());
        return text.length() <= STEP ? text : text.substring(0, STEP - 1) + "…";
    }
}
