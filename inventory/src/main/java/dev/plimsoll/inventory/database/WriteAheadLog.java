package dev.plimsoll.inventory.database;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;

/// The log that SQLite keeps beside a database, `NAME-wal`. It is another file, perhaps of another layer, and a
/// layer is read once: the database is read alone, and a log with committed changes is an unknown. Programs empty it
/// when they close the database.
///
/// Source: sqlite.org, "Database File Format", section 4, "The Write-Ahead Log".
public final class WriteAheadLog {

    /// What its name ends with.
    public static final String SUFFIX = "-wal";

    /// In bytes: header, frame header and the smallest page; a shorter log holds nothing.
    public static final int LEAST = 32 + 24 + 512;

    private WriteAheadLog() {}

    /// Says where changes were committed that the database may not have yet. Frames that no commit follows do not
    /// count, nor does SQLite count them.
    public static void read(LayerFile file, FactSink facts) throws IOException {
        var content = DatabaseContent.read(file.content(), facts);
        if (content.isEmpty()) {
            return;
        }
        try (var log = content.get()) {
            if (SqliteFile.committed(log.bytes())) {
                var name = file.path().substring(file.path().lastIndexOf('/') + 1);
                facts.unknown(
                        "",
                        "it may hold changes that are not in " + name.substring(0, name.length() - SUFFIX.length())
                                + " yet; they were not read");
            }
        }
    }
}
