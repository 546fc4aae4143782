package dev.plimsoll.cli;

import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.StigReader;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What rules are told beside the image and the advisories. Each option is a file; without it, what it would tell is
/// unknown to a rule that asks.
final class BackgroundArguments {

    @Option(
            names = "--stig",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "An evaluation by a security technical implementation guide: HDF in JSON, XCCDF or ARF in XML. May be given several times.")
    private List<String> evaluations = List.of();

    @Mixin
    private final PreviousArguments previous = new PreviousArguments();

    @Mixin
    private final PackageIndexArguments packageIndex = new PackageIndexArguments();

    /// Reads all that was given.
    ///
    /// @param image of which known images are told
    Background read(Environment environment, ImageArguments image) {
        var background = Background.none();
        var known = image.knownImages(environment);
        if (known.isPresent()) {
            background =
                    background.withKnownImages(known.get().value(), known.get().file());
        }
        var result = previous.read(environment);
        if (result.isPresent()) {
            background =
                    background.withPrevious(result.get().value(), result.get().file());
        }
        var index = packageIndex.read(environment);
        if (index.isPresent()) {
            background =
                    background.withPackageIndex(index.get().value(), index.get().file());
        }
        for (var file : evaluations) {
            var read = BackgroundFile.read(environment.resolve(file), "stig", StigReader.MAX_BYTES, StigReader::read);
            background = background.withStigEvaluations(read.value(), read.file());
        }
        return background;
    }
}
