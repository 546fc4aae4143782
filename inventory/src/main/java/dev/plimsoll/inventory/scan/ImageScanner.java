package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.layer.Layers;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.WantedIndex;
import dev.plimsoll.inventory.classifier.Classifiers;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads an image once and says what is in it.
public final class ImageScanner {

    private ImageScanner() {}

    /// Makes ready what every scan needs and what takes a while in a fresh process: the analyzers' patterns, the
    /// reader of JSON with its tables, the hash. A command may call it on a thread of its own while it reads
    /// its options; a scan that was not prepared gives the same result.
    public static void prepare() {
        Analyzers.all().forEach(Analyzer::wanted);
        Layers.rehearse();
        Classifiers.table();
        try {
            JsonReader.read("[0.1]", JsonLimits.FOREIGN);
            MessageDigest.getInstance("SHA-256").digest();
        } catch (JsonException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, and this is JSON", e);
        }
    }

    /// Streams every layer once past all analyzers and assembles what they found.
    ///
    /// @throws IOException when the image cannot be read in full; what is wrong with single files becomes unknowns
    ///     of the inventory
    public static Inventory scan(Image image, ScanOptions options) throws IOException {
        return scan(image, options, Optional.empty());
    }

    /// The same, where layers whose facts are kept already are not read again, nor asked for. The result is the same.
    ///
    /// @param store of facts; only those of layers whose bytes were verified are kept
    /// @throws IOException when the image cannot be read in full
    public static Inventory scan(Image image, ScanOptions options, LayerStore store) throws IOException {
        // what a virus scanner says depends on its signatures, of which only it knows
        var shared = image.verified() && options.analysis().malware().isEmpty();
        return scan(image, options, shared ? Optional.of(store) : Optional.empty());
    }

    private static Inventory scan(Image image, ScanOptions options, Optional<LayerStore> store) throws IOException {
        var deadline = Deadline.after(options.reading().timeout());
        var settings = options.analysis();
        var analyzers = Analyzers.of(settings);
        var wanted = new WantedIndex(analyzers.stream().map(Analyzer::wanted).toList());
        var observers = Observers.of(settings);
        var exclusion = new Exclusion(options.excludes());
        var budget = new UnpackBudget(options.limits().archivesUnpackedBytes());
        Supplier<LayerVisitor<LayerEvidence>> visitors = () -> new LayerCollector(
                analyzers,
                wanted,
                observers,
                settings.digested(),
                settings.allDigested(),
                exclusion,
                options.limits(),
                budget);
        var known =
                store.map(kept -> new KnownLayers(kept, KnownLayers.analysis(options, analyzers, observers), visitors));
        LayerVisitor.Factory<LayerEvidence> each = _ -> visitors.get();
        var layers = image.readLayers(known.isPresent() ? known.get() : each, options.reading());
        // a budget that all layers share was spent: what one of them says would depend on the others
        if (known.isPresent() && budget.excess().isEmpty()) {
            known.get().keep(image.layers(), layers);
        }
        try {
            return new Assembly(image, layers, analyzers, observers, options, exclusion, deadline).inventory();
        } catch (UncheckedIOException e) {
            throw new ImageException(ImageException.Kind.UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
