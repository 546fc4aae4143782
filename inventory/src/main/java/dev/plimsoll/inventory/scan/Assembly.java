package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.inventory.base.BaseImages;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.purl.Distribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Merges what the layers say to what the image says: only evidence that is visible counts.
final class Assembly {

    /// The files that say what the image is made of, whatever else it holds.
    private static final List<String> PLACES = Stream.of(
                    Stream.of(PackageDatabases.DPKG_STATUS),
                    PackageDatabases.OPKG_STATUS.stream(),
                    PackageDatabases.APK.stream(),
                    Stream.of(PackageDatabases.RPM_MANIFEST, PackageDatabases.BOTTLEROCKET),
                    PackageDatabases.RPM_FOLDERS.stream()
                            .flatMap(folder ->
                                    PackageDatabases.RPM_FILES.stream().map(folder::concat)),
                    OsReleaseAnalyzer.PATHS.stream())
            .flatMap(places -> places)
            .toList();

    private final Image image;
    private final List<LayerResult<LayerEvidence>> layers;
    private final List<Analyzer> analyzers;
    private final List<ContentObserver> observers;
    private final ScanOptions options;
    private final Exclusion exclusion;
    private final FileTree tree;

    Assembly(
            Image image,
            List<LayerResult<LayerEvidence>> layers,
            List<Analyzer> analyzers,
            List<ContentObserver> observers,
            ScanOptions options,
            Exclusion exclusion,
            Deadline deadline)
            throws ImageException {
        this.image = image;
        this.layers = layers;
        this.analyzers = analyzers;
        this.observers = observers;
        this.options = options;
        this.exclusion = exclusion;
        this.tree = FileTree.merge(
                layers.stream().map(LayerResult::listing).toList(),
                options.reading().limits().work().files(),
                deadline);
    }

    Inventory inventory() {
        // a third of the work needs nothing of the rest, and the layers' cores are idle
        var files = new FutureTask<>(this::files);
        Thread.ofPlatform().daemon().name("files").start(files);
        var nix = NixStore.of(tree);
        var ofLayers = everything();
        var everything = both(ofLayers, nix);
        var visible = both(visible(ofLayers), nix);
        var distribution = distribution(visible);
        var assembly = new PackageAssembly(tree, distribution, visible, everything, declaredPackages(), this::layer);
        var packages = assembly.packages();
        var verification = options.analysis().verification()
                ? Optional.of(new Verification(tree, exclusion, visible, assembly))
                : Optional.<Verification>empty();
        var deleted = options.analysis().deletedFiles()
                ? Optional.of(new DeletedFiles(tree, layers, exclusion))
                : Optional.<DeletedFiles>empty();
        var contentAssembly = new ContentAssembly(image, analyzers, observers, this::isVisible, this::layer);
        var contents = contentAssembly
                .contents(everything)
                .withVerification(verification.map(Verification::deviations))
                .withDeleted(deleted.map(DeletedFiles::files));
        var unknowns = unknowns(distribution);
        unknowns.addAll(contentAssembly.unknowns(tree));
        unknowns.addAll(assembly.unidentified());
        verification
                .flatMap(Verification::excess)
                .ifPresent(reason -> unknowns.add(Unknown.inDocument("verification", reason)));
        deleted.flatMap(DeletedFiles::excess)
                .ifPresent(reason -> unknowns.add(Unknown.inDocument("deleted files", reason)));
        return new Inventory(
                imageFacts(),
                distribution,
                packages,
                Optional.of(result(files)),
                List.copyOf(options.analysis().digested()),
                options.excludes(),
                options.dockerfile(),
                unknowns,
                Stream.of(
                                analyzers.stream().map(Analyzer::id),
                                observers.stream().map(ContentObserver::id),
                                nix.isEmpty() ? Stream.<AnalyzerId>empty() : Stream.of(NixStore.ID))
                        .flatMap(ids -> ids)
                        .map(Object::toString)
                        .toList(),
                Optional.empty(),
                Optional.of(options.analysis().digest()),
                contents);
    }

    /// What is thrown there is thrown here.
    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the files were listed", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error failure -> throw failure;
                case null, default -> new IllegalStateException(e);
            };
        }
    }

    /// In a folder of source what lock files list is what there is.
    private DeclaredPackages declaredPackages() {
        var asked = options.analysis().declared();
        return asked == DeclaredPackages.AUTO && image.layers().isEmpty() ? DeclaredPackages.ALWAYS : asked;
    }

    /// Evidence of one layer.
    record LayerFound(int layer, Found found) {}

    private static List<LayerFound> both(List<LayerFound> left, List<LayerFound> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    private List<LayerFound> everything() {
        var all = new ArrayList<LayerFound>();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (var found : layers.get(layer).found().found()) {
                all.add(new LayerFound(layer, found));
            }
        }
        return all;
    }

    private List<LayerFound> visible(List<LayerFound> everything) {
        return everything.stream()
                .filter(evidence -> isVisible(evidence.found().path(), evidence.layer()))
                .toList();
    }

    private boolean isVisible(String path, int layer) {
        var seen = tree.visibleLayer(path);
        return seen.isPresent() && seen.getAsInt() == layer;
    }

    private Optional<Distribution> distribution(List<LayerFound> visible) {
        Map<String, Distribution> byPath = new HashMap<>();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof Fact.DistributionFound(var distribution)) {
                    byPath.put(evidence.found().path(), distribution);
                }
            }
        }
        return OsReleaseAnalyzer.PATHS.stream()
                .flatMap(path -> tree.resolve(path).stream())
                .filter(byPath::containsKey)
                .findFirst()
                .map(byPath::get);
    }

    private FileTable files() {
        var digests = new HashMap<String, String>();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (var entry : layers.get(layer).found().digests().entrySet()) {
                if (isVisible(entry.getKey(), layer)) {
                    digests.put(entry.getKey(), entry.getValue());
                }
            }
        }
        var files = FileTable.builder();
        if (!image.tellsCapabilities()) {
            files.withoutCapabilities();
        }
        for (var entry : tree) {
            if (!exclusion.covers(entry.path())) {
                files.add(new FileEntry(
                        entry.path(),
                        kind(entry),
                        entry.mode(),
                        entry.userId(),
                        entry.groupId(),
                        entry.size(),
                        entry.layer(),
                        entry.kind() == Kind.SYMBOLIC_LINK ? entry.linkTarget() : "",
                        Optional.ofNullable(digests.get(entry.path())).or(() -> digest(entry)),
                        Optional.of(entry.capabilities()).filter(text -> !text.isEmpty())));
            }
        }
        return files.build();
    }

    /// Where those of all files were asked for. A hard link's content passed by under its other name.
    private Optional<String> digest(FileTree.Entry entry) {
        if (!options.analysis().allDigested()) {
            return Optional.empty();
        }
        var all = layers.get(entry.layer()).found().allDigests();
        return switch (entry.kind()) {
            case FILE -> all.get(entry.path()).flatMap(FileEntry::sha256);
            case HARD_LINK -> all.get(entry.linkTarget()).flatMap(FileEntry::sha256);
            case DIRECTORY, SYMBOLIC_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, WHITEOUT, OPAQUE -> Optional.empty();
        };
    }

    private static FileEntry.Kind kind(FileTree.Entry entry) {
        return switch (entry.kind()) {
            case FILE, HARD_LINK -> FileEntry.Kind.FILE;
            case DIRECTORY -> FileEntry.Kind.DIRECTORY;
            case SYMBOLIC_LINK -> FileEntry.Kind.SYMBOLIC_LINK;
            case CHARACTER_DEVICE -> FileEntry.Kind.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> FileEntry.Kind.BLOCK_DEVICE;
            case FIFO -> FileEntry.Kind.FIFO;
            case WHITEOUT, OPAQUE -> throw new IllegalStateException("the tree holds no whiteouts: " + entry.path());
        };
    }

    /// What a higher layer hides cannot matter; an oddity of a layer's entries stays, because nobody knows what it was
    /// meant to be.
    private List<Unknown> unknowns(Optional<Distribution> distribution) {
        var unknowns = new ArrayList<Unknown>();
        for (int layer = 0; layer < layers.size(); layer++) {
            var evidence = layers.get(layer).found();
            for (var item : evidence.unreadable()) {
                if (isVisible(item.path(), layer)) {
                    unknowns.add(new Unknown(item.path(), layer(layer), item.place(), item.reason()));
                }
            }
            for (var item : evidence.oddities()) {
                unknowns.add(new Unknown(item.path(), layer(layer), item.place(), item.reason()));
            }
        }
        unknowns.addAll(leadingAway());
        unknowns.addAll(leadingNowhere(distribution));
        return unknowns;
    }

    /// A database that is a link to a place where no analyzer looks must not look like an image without packages.
    private List<Unknown> leadingAway() {
        return PLACES.stream()
                .flatMap(path -> tree.resolve(path).stream()
                        .filter(real -> !PLACES.contains(real) && !OsReleaseAnalyzer.reads(real))
                        .flatMap(real -> tree.get(real).stream())
                        .filter(entry -> entry.kind() == Kind.FILE || entry.kind() == Kind.HARD_LINK)
                        .map(entry -> new Unknown(
                                path,
                                layer(entry.layer()),
                                "",
                                "it is a link to /" + entry.path() + ", which is not read")))
                .toList();
    }

    /// A link in the place of a database or of the distribution's name that ends nowhere looks like a file that is not
    /// there. Of the several files that name the distribution one that does is enough.
    private List<Unknown> leadingNowhere(Optional<Distribution> distribution) {
        return PLACES.stream()
                .filter(path -> distribution.isEmpty() || !OsReleaseAnalyzer.PATHS.contains(path))
                .filter(path -> tree.resolve(path).isEmpty())
                .flatMap(path -> tree.get(path).stream())
                .filter(entry -> entry.kind() == Kind.SYMBOLIC_LINK)
                .map(entry ->
                        new Unknown(entry.path(), layer(entry.layer()), "", "its links lead in a loop or nowhere"))
                .toList();
    }

    private ImageFacts imageFacts() {
        var steps = image.configuration().map(ImageConfiguration::history).orElse(List.of()).stream()
                .filter(entry -> !entry.emptyLayer())
                .toList();
        var facts = new ArrayList<ImageFacts.LayerFacts>();
        for (var layer : image.layers()) {
            facts.add(new ImageFacts.LayerFacts(
                    Optional.of(layer.digest()),
                    layer.diffId(),
                    layer.mediaType(),
                    layer.size() < 0 ? OptionalLong.empty() : OptionalLong.of(layer.size()),
                    OptionalLong.of(layers.get(layer.index()).unpackedSize()),
                    steps.size() == layers.size() ? steps.get(layer.index()).createdBy() : ""));
        }
        var known = new ImageFacts(
                image.transport(),
                image.names(),
                image.repoDigests(),
                image.id(),
                image.manifestDigest(),
                image.platform(),
                image.configuration(),
                image.verified(),
                facts);
        return known.over(image.connection()).on(BaseImages.of(known, List.of(), options.dockerfile()));
    }

    /// A plain folder is read as one layer, but it is none: nothing describes it.
    private OptionalInt layer(int index) {
        return image.layers().isEmpty() ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
