package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
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
        var deadline = Deadline.after(options.reading().timeout());
        var settings = options.analysis();
        var analyzers = Analyzers.of(settings);
        var wanted = new WantedIndex(analyzers.stream().map(Analyzer::wanted).toList());
        var observers = Observers.of(settings);
        var exclusion = new Exclusion(options.excludes());
        var budget = new UnpackBudget(options.limits().archivesUnpackedBytes());
        var layers = image.readLayers(
                _ -> new LayerCollector(
                        analyzers,
                        wanted,
                        observers,
                        settings.digested(),
                        settings.allDigested(),
                        exclusion,
                        options.limits(),
                        budget),
                options.reading());
        try {
            return new Assembly(image, layers, analyzers, observers, options, exclusion, deadline).inventory();
        } catch (UncheckedIOException e) {
            throw new ImageException(ImageException.Kind.UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
