package dev.plimsoll.inventory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Entries in an array, found by binary search.
final class SortedFileTable implements FileTable {

    private final FileEntry[] entries;

    SortedFileTable(List<FileEntry> entries) {
        this.entries = entries.toArray(FileEntry[]::new);
        Arrays.sort(this.entries, Comparator.comparing(FileEntry::path));
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public Optional<FileEntry> get(String path) {
        int low = 0;
        int high = entries.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries[middle].path().compareTo(path);
            if (order == 0) {
                return Optional.of(entries[middle]);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    @Override
    public Iterator<FileEntry> iterator() {
        return Arrays.asList(entries).iterator();
    }
}
