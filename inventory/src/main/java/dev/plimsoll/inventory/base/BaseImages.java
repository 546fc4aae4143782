package dev.plimsoll.inventory.base;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.BaseImage.How;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.build.BuildStage;
import dev.plimsoll.inventory.build.BuildSteps;
import dev.plimsoll.inventory.build.Dockerfile;
import dev.plimsoll.inventory.build.DockerfileReader;
import dev.plimsoll.inventory.build.HistoryStep;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Finds the image that another was built on: by layers of images that are known, by its labels, by its Dockerfile, by
/// what its history says.
///
/// Source: OCI Image Specification, "Annotations", `org.opencontainers.image.base.name` and `.digest`.
public final class BaseImages {

    private static final String NAME = "org.opencontainers.image.base.name";
    private static final String DIGEST = "org.opencontainers.image.base.digest";

    /// As buildah begins the comment of the first step of a build, before the name of the image that it began with.
    private static final String FROM = "FROM ";

    /// As it names the image of the step before, where it keeps one for each.
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{12}");

    private BaseImages() {}

    /// The base; empty where nothing tells of one.
    ///
    /// @param known images that it may have been built on
    /// @param dockerfile text of its Dockerfile
    public static Optional<BaseImage> of(ImageFacts image, List<KnownImage> known, Optional<String> dockerfile) {
        return byLayers(image, known)
                .or(() -> image.configuration()
                        .flatMap(configuration -> byLabels(image, configuration)
                                .or(() -> byDockerfile(configuration, dockerfile))
                                .or(() -> byHistory(configuration))
                                .or(() -> guessed(configuration))));
    }

    /// The known images whose layers are the lowest of the image's, and not all of them: those with most layers first,
    /// of equals the one whose name comes first.
    public static List<KnownImage> ancestors(ImageFacts image, List<KnownImage> known) {
        var diffIds = image.layers().stream()
                .map(ImageFacts.LayerFacts::diffId)
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
        return known.stream()
                .filter(candidate -> isFront(candidate.diffIds(), diffIds))
                .sorted(Comparator.comparingInt(
                                (KnownImage candidate) -> -candidate.diffIds().size())
                        .thenComparing(KnownImage::name)
                        .thenComparing(candidate ->
                                candidate.digest().map(Digest::toString).orElse("")))
                .toList();
    }

    /// The known image whose layers are the longest front of the image's; not the image itself. Of several with the
    /// same layers the one whose name comes first, so that the order of a list does not matter.
    private static Optional<BaseImage> byLayers(ImageFacts image, List<KnownImage> known) {
        return ancestors(image, known).stream()
                .findFirst()
                .map(found -> new BaseImage(
                        found.name(),
                        found.digest(),
                        OptionalInt.of(found.diffIds().size()),
                        How.ANCESTORS));
    }

    private static boolean isFront(List<Digest> front, List<Digest> whole) {
        return !front.isEmpty()
                && front.size() < whole.size()
                && whole.subList(0, front.size()).equals(front);
    }

    /// Labels are inherited: one that the base itself was given names the base's base. Nothing tells the two apart, and
    /// the number of layers is not known.
    private static Optional<BaseImage> byLabels(ImageFacts image, ImageConfiguration configuration) {
        var name = configuration.labels().getOrDefault(NAME, "");
        var digest = Digest.parse(configuration.labels().getOrDefault(DIGEST, ""));
        return name.isEmpty() && digest.isEmpty()
                ? Optional.empty()
                : Optional.of(new BaseImage(name, digest, layers(image, name, configuration), How.LABELS));
    }

    /// Where the history names the same image it tells the number of layers too.
    private static OptionalInt layers(ImageFacts image, String name, ImageConfiguration configuration) {
        return byHistory(configuration)
                .filter(found -> found.name().equals(name) && image.layersKnown())
                .map(BaseImage::layers)
                .orElse(OptionalInt.empty());
    }

    private static Optional<BaseImage> byDockerfile(ImageConfiguration configuration, Optional<String> text) {
        if (text.isEmpty()
                || !(DockerfileReader.read(text.get()) instanceof DockerfileReader.Understood(Dockerfile dockerfile))) {
            return Optional.empty();
        }
        var first = dockerfile.finalStages().stream().findFirst().filter(BuildStage::baseKnown);
        if (first.isEmpty() || first.get().base().equals("scratch")) {
            return Optional.empty();
        }
        var beneath = BuildSteps.of(dockerfile, configuration);
        return Optional.of(new BaseImage(
                first.get().base(),
                Optional.empty(),
                beneath.isPresent() ? OptionalInt.of(beneath.get().layersBeneath()) : OptionalInt.empty(),
                How.DOCKERFILE));
    }

    /// What the last build says that wrote it: the highest step that names its beginning.
    private static Optional<BaseImage> byHistory(ImageConfiguration configuration) {
        var steps = HistoryStep.of(configuration);
        if (!fits(steps, configuration)) {
            return Optional.empty();
        }
        for (var at = steps.size() - 1; at >= 0; at--) {
            var comment = steps.get(at).comment();
            var name =
                    comment.startsWith(FROM) ? comment.substring(FROM.length()).strip() : "";
            if (!name.isEmpty() && isName(name)) {
                return Optional.of(
                        new BaseImage(name, Optional.empty(), OptionalInt.of(layers(steps, at)), How.HISTORY));
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String text) {
        return !text.equals("scratch")
                && text.indexOf(' ') < 0
                && !SHORT_ID.matcher(text).matches();
    }

    /// Images that others are built on end with the command that they run; what then brings layers is another build.
    private static Optional<BaseImage> guessed(ImageConfiguration configuration) {
        var steps = HistoryStep.of(configuration);
        if (!fits(steps, configuration)) {
            return Optional.empty();
        }
        var all = configuration.diffIds().size();
        for (var at = steps.size() - 2; at >= 0; at--) {
            var keyword = steps.get(at).keyword();
            var beneath = layers(steps, at);
            if ((keyword.equals("CMD") || keyword.equals("ENTRYPOINT")) && beneath > 0 && beneath < all) {
                return Optional.of(new BaseImage("", Optional.empty(), OptionalInt.of(beneath), How.GUESS));
            }
        }
        return Optional.empty();
    }

    /// How many layers the steps before one brought.
    private static int layers(List<HistoryStep> steps, int before) {
        return (int) steps.subList(0, before).stream()
                .filter(step -> step.layer().isPresent())
                .count();
    }

    private static boolean fits(List<HistoryStep> steps, ImageConfiguration configuration) {
        return !steps.isEmpty()
                && layers(steps, steps.size()) == configuration.diffIds().size();
    }
}
