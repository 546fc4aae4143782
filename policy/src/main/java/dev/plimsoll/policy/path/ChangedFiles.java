package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A table of files of which some are gone or otherwise.
///
/// @param changed by path; empty for what is gone
record ChangedFiles(FileTable original, Map<String, Optional<FileEntry>> changed) implements FileTable {

    ChangedFiles {
        changed = Map.copyOf(changed);
    }

    @Override
    public int size() {
        long gone = changed.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty()
                        && original.get(entry.getKey()).isPresent())
                .count();
        return original.size() - Math.toIntExact(gone);
    }

    @Override
    public Optional<FileEntry> get(String path) {
        var known = changed.get(path);
        return known == null ? original.get(path) : known;
    }

    @Override
    public Iterator<FileEntry> iterator() {
        return StreamSupport.stream(original.spliterator(), false)
                .flatMap(entry -> {
                    var known = changed.get(entry.path());
                    return known == null ? java.util.stream.Stream.of(entry) : known.stream();
                })
                .iterator();
    }
}
