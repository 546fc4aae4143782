package dev.plimsoll.inventory.content;

import java.util.Comparator;

/// A file that is not as the package database says.
///
/// @param path as the database has it, without the leading slash
/// @param owner package URL of the package that the file belongs to
/// @param configuration whether the database calls it a configuration file, which an administrator may change
public record FileDeviation(String path, String owner, Kind kind, boolean configuration)
        implements Comparable<FileDeviation> {

    /// In what it differs. Its name in lower case is the word of the serial form.
    public enum Kind {
        /// Another content.
        CHANGED,
        /// There is nothing at its path.
        MISSING,
        /// Other permission, set-id or sticky bits.
        MODE
    }

    @Override
    public int compareTo(FileDeviation other) {
        return Comparator.comparing(FileDeviation::path)
                .thenComparing(FileDeviation::owner)
                .thenComparing(FileDeviation::kind)
                .compare(this, other);
    }
}
