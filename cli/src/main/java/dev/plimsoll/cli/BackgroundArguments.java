package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.StigReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    /// What a user should know of the former result before he trusts what it tells of ages.
    ///
    /// @param name that the image goes by
    List<String> notes(Background background, Optional<ImageName> name, Instant at) {
        var notes = new ArrayList<String>();
        background.previous().ifPresent(former -> {
            var before = former.image().mappedName();
            if (name.isPresent() && before.isPresent() && !isSameRepository(name.get(), before.get())) {
                notes.add("the former result (--previous) is of " + before.get() + ", and this image is " + name.get());
            }
            if (former.evaluatedAt().isAfter(at)) {
                notes.add("the former result (--previous) is of " + former.evaluatedAt() + ", after " + at
                        + ", as of which is judged");
            }
        });
        return notes;
    }

    private static boolean isSameRepository(ImageName one, ImageName other) {
        return one.registry().equals(other.registry()) && one.repository().equals(other.repository());
    }

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
