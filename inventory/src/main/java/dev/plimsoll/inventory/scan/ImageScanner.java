package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Image;
import dev.plimsoll.inventory.Inventory;
import java.io.IOException;

/// Reads an image once and says what is in it.
public final class ImageScanner {

    private ImageScanner() {}

    /// Streams every layer once past all analyzers and assembles what they found.
    ///
    /// @throws IOException when the image cannot be read in full; what is wrong with single files becomes unknowns
    ///     of the inventory
    public static Inventory scan(Image image, ScanOptions options) throws IOException {
        var analyzers = Analyzers.all();
        var exclusion = new Exclusion(options.excludes());
        var layers =
                image.readLayers(_ -> new LayerCollector(analyzers, options.digested(), exclusion), options.reading());
        return new Assembly(image, layers, analyzers, options, exclusion).inventory();
    }
}
