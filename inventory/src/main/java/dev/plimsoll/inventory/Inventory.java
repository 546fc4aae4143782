package dev.plimsoll.inventory;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.purl.Distribution;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is in an image: facts only, no judgement. Immutable, sorted, and the same for the same image and analyzers.
///
/// @param distribution empty where the image does not say, and where a document does not say it of the image
/// @param packages sorted by package URL, then by first location
/// @param files empty where the run did not collect them; a gate then cannot judge
/// @param digested paths whose SHA-256 the run was asked to collect, sorted, without the leading slash
/// @param excluded globs of paths that the run was asked to leave out, sorted: what lies there is not in the inventory
/// @param dockerfile text of the Dockerfile that was given, empty where none was
/// @param unknowns sorted
/// @param analyzers names with versions, sorted: `apk-database/1`
/// @param document what told of the image where it was not looked into itself
/// @param analysis digest of the settings that said what to collect; empty where they are not known
/// @param contents what was collected of the contents of files
public record Inventory(
        ImageFacts image,
        Optional<Distribution> distribution,
        List<ImagePackage> packages,
        Optional<FileTable> files,
        List<String> digested,
        List<String> excluded,
        Optional<String> dockerfile,
        List<Unknown> unknowns,
        List<String> analyzers,
        Optional<SourceDocument> document,
        Optional<Digest> analysis,
        Contents contents) {

    public Inventory {
        packages = sorted(packages);
        digested = digested.stream().sorted().distinct().toList();
        excluded = excluded.stream().sorted().distinct().toList();
        unknowns = unknowns.stream().sorted().distinct().toList();
        analyzers = analyzers.stream().sorted().toList();
    }

    /// What a package is sorted by. Its package URL's text is made once, and not for every comparison.
    private record Placed(String url, String path, ImagePackage item) {

        static Placed of(ImagePackage item) {
            return new Placed(
                    item.purl().toString(),
                    item.locations().isEmpty()
                            ? ""
                            : item.locations().getFirst().path(),
                    item);
        }
    }

    private static List<ImagePackage> sorted(List<ImagePackage> packages) {
        return packages.stream()
                .map(Placed::of)
                .sorted(Comparator.comparing(Placed::url).thenComparing(Placed::path))
                .map(Placed::item)
                .toList();
    }

    /// Without anything of the contents of files.
    public Inventory(
            ImageFacts image,
            Optional<Distribution> distribution,
            List<ImagePackage> packages,
            Optional<FileTable> files,
            List<String> digested,
            List<String> excluded,
            Optional<String> dockerfile,
            List<Unknown> unknowns,
            List<String> analyzers,
            Optional<SourceDocument> document) {
        this(
                image,
                distribution,
                packages,
                files,
                digested,
                excluded,
                dockerfile,
                unknowns,
                analyzers,
                document,
                Optional.empty(),
                Contents.notCollected());
    }

    /// Whether a package comes from the base of the image; empty where that is not known.
    public Optional<BaseImage.Origin> origin(ImagePackage item) {
        return item.layer().isPresent()
                ? image.base().flatMap(base -> base.origin(item.layer().getAsInt()))
                : Optional.empty();
    }

    /// The same facts of the image on that base.
    public Inventory on(Optional<BaseImage> base) {
        return new Inventory(
                image.on(base),
                distribution,
                packages,
                files,
                digested,
                excluded,
                dockerfile,
                unknowns,
                analyzers,
                document,
                analysis,
                contents);
    }

    /// What could not be read of the distributions' package databases: each may hide a package.
    public List<Unknown> unreadDatabases() {
        return unknowns.stream()
                .filter(unknown -> !PackageDatabases.typesAt(unknown.path()).isEmpty())
                .toList();
    }

    /// The same facts with the text of a Dockerfile.
    public Inventory withDockerfile(String text) {
        return new Inventory(
                image,
                distribution,
                packages,
                files,
                digested,
                excluded,
                Optional.of(text),
                unknowns,
                analyzers,
                document,
                analysis,
                contents);
    }
}
