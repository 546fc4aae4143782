package dev.plimsoll.server.images;

import dev.plimsoll.image.Image;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.scan.ScanOptions;
import java.io.IOException;

/// Reads an image: `ImageScanner::scan`, or something that knows its layers from other images.
@FunctionalInterface
public interface ImageScan {

    /// @param accountId whose image it is: facts of layers that the account did not show to have are none of its
    /// business
    Inventory scan(long accountId, Image image, ScanOptions options) throws IOException;
}
