package dev.plimsoll.policy.background;

import dev.plimsoll.inventory.base.KnownImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a single look into an image cannot know. What is empty was not given, and is *unknown* to a rule that asks.
///
/// Adding a kind is a member here, what reads it, and the option of the command that gives it.
///
/// @param knownImages that the image may be built on, from `--ancestors`
/// @param previous what the run before said, from `--previous`
/// @param baseline what counts as known before, from `--baseline`
/// @param stigEvaluations made elsewhere, from `--stig`
/// @param inputs name and digest of each file that it was read from, for the verdict's inputs; sorted
public record Background(
        Optional<List<KnownImage>> knownImages,
        Optional<FormerResult> previous,
        Optional<Baseline> baseline,
        List<StigEvaluation> stigEvaluations,
        List<InputFile> inputs) {

    public Background {
        knownImages = knownImages.map(List::copyOf);
        stigEvaluations = List.copyOf(stigEvaluations);
        inputs = inputs.stream().sorted().distinct().toList();
    }

    /// A file that something was read from.
    ///
    /// @param name what it is for: `ancestors`, `previous`
    /// @param digest `sha256:…`
    public record InputFile(String name, String digest) implements Comparable<InputFile> {
        @Override
        public int compareTo(InputFile other) {
            return java.util.Comparator.comparing(InputFile::name)
                    .thenComparing(InputFile::digest)
                    .compare(this, other);
        }
    }

    /// Nothing was given.
    public static Background none() {
        return new Background(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /// The same, with images that the image may be built on.
    public Background withKnownImages(List<KnownImage> images, InputFile file) {
        return new Background(Optional.of(images), previous, baseline, stigEvaluations, and(file));
    }

    /// The same, with what the run before said.
    public Background withPrevious(FormerResult result, InputFile file) {
        return new Background(knownImages, Optional.of(result), baseline, stigEvaluations, and(file));
    }

    /// The same, with what counts as known before.
    public Background withBaseline(Baseline found, InputFile file) {
        return new Background(knownImages, previous, Optional.of(found), stigEvaluations, and(file));
    }

    /// The same, with more evaluations that were made elsewhere.
    public Background withStigEvaluations(List<StigEvaluation> more, InputFile file) {
        return new Background(
                knownImages,
                previous,
                baseline,
                Stream.concat(stigEvaluations.stream(), more.stream()).toList(),
                and(file));
    }

    private List<InputFile> and(InputFile file) {
        return Stream.concat(inputs.stream(), Stream.of(file)).toList();
    }
}
