package dev.plimsoll.inventory;

import java.util.List;
import java.util.Optional;

/// The paths of an image, sorted. Safe to share between threads.
public interface FileTable extends Iterable<FileEntry> {

    int size();

    /// The entry of exactly that path (no leading slash); links are not followed.
    Optional<FileEntry> get(String path);

    /// A table of these entries, in any order.
    static FileTable of(List<FileEntry> entries) {
        return new SortedFileTable(entries);
    }
}
