package dev.plimsoll.cli;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// What the layers of an image list, without their contents.
final class ImageListings {

    private ImageListings() {}

    /// Reads all layers, and verifies them on the way.
    static List<LayerResult<Integer>> read(Image image, ReadOptions options) throws IOException {
        return image.readLayers(_ -> new Counter(), options);
    }

    static List<LayerListing> listings(List<? extends LayerResult<?>> layers) {
        return layers.stream().<LayerListing>map(LayerResult::listing).toList();
    }

    /// Counts the entries with problems.
    private static final class Counter implements LayerVisitor<Integer> {

        private int problems;

        @Override
        public void visit(LayerEntry entry, InputStream content) {}

        @Override
        public void problem(String path, String reason) {
            problems++;
        }

        @Override
        public Integer finish() {
            return problems;
        }
    }
}
