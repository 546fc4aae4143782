package dev.plimsoll.inventory.content;

import java.util.Comparator;

/// A file that a layer brings and a later one deletes: no container shows it, and who has the image has it all the
/// same.
///
/// @param path without the leading slash
/// @param layer index of the layer that brings it
/// @param size in bytes
public record DeletedFile(String path, int layer, long size) implements Comparable<DeletedFile> {

    @Override
    public int compareTo(DeletedFile other) {
        return Comparator.comparing(DeletedFile::path)
                .thenComparingInt(DeletedFile::layer)
                .thenComparingLong(DeletedFile::size)
                .compare(this, other);
    }
}
