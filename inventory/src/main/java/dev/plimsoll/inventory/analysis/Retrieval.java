package dev.plimsoll.inventory.analysis;

import java.util.Set;

/// Files that are kept whole.
///
/// @param globs of their paths, see {@link dev.plimsoll.inventory.Glob}
/// @param mostBytes longest file that is kept, in bytes
public record Retrieval(Set<String> globs, int mostBytes) {

    /// In bytes.
    public static final int DEFAULT_MOST_BYTES = 1 << 20;

    public Retrieval {
        globs = Set.copyOf(globs);
    }

    @Override
    public String toString() {
        return "globs " + new java.util.TreeSet<>(globs) + " most " + mostBytes;
    }
}
