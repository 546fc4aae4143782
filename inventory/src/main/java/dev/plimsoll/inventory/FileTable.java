package dev.plimsoll.inventory;

import java.util.List;
import java.util.Optional;

/// The paths of an image, in the order of {@link String#compareTo}. Immutable, safe to share between threads.
///
/// Kept as bytes: a path with all that is known of it takes some thirty, with a SHA-256 some sixty. What goes beyond a
/// budget of memory lies in a temporary file.
public interface FileTable extends Iterable<FileEntry> {

    /// What a table keeps in memory, in bytes; the rest goes to a temporary file.
    long DEFAULT_MEMORY_BYTES = 32L << 20;

    int size();

    /// Whether the capabilities of files are known; where not, an entry without them says nothing.
    boolean tellsCapabilities();

    /// The entry of exactly that path (no leading slash); links are not followed.
    Optional<FileEntry> get(String path);

    /// A table of these entries, in any order.
    static FileTable of(List<FileEntry> entries) {
        var builder = builder();
        entries.forEach(builder::add);
        return builder.build();
    }

    /// Takes entries for a table that keeps {@value #DEFAULT_MEMORY_BYTES} bytes in memory.
    static FileTableBuilder builder() {
        return builder(DEFAULT_MEMORY_BYTES);
    }

    /// Takes entries for a table.
    ///
    /// @param memoryBytes what it keeps in memory, in bytes, its index not counted
    static FileTableBuilder builder(long memoryBytes) {
        return new FileTableBuilder(memoryBytes);
    }
}
