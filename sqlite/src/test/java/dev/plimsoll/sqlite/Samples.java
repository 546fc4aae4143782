package dev.plimsoll.sqlite;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// A small database with something of everything, and a way to read all of a database.
final class Samples {

    private Samples() {}

    /// Table `one` (its root is page 2), table `t` with an index `i`, table `w` without row ids, trees of two levels,
    /// records that spill.
    static byte[] small(Path folder) throws IOException, SQLException {
        try (var database = TestDatabase.in(Files.createTempDirectory(folder, "small"))) {
            database.run(
                    "create table one (a, b)",
                    "create table t (id integer primary key, a text, b)",
                    "create index i on t (a, b)",
                    "create table w (k text, v, primary key (k)) without rowid",
                    "insert into one values (1, 'x'), (-70000, null), (0.5, x'00ff')",
                    """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 12)
                    insert into t select i, 'key ' || i % 3, zeroblob(i * 90) from n""",
                    """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 12)
                    insert into w select 'key ' || i, zeroblob(i * 60) from n""");
            return database.bytes();
        }
    }

    /// Reads everything in every way.
    ///
    /// @return whether nothing was refused
    static boolean readsAll(byte[] bytes) {
        try (var file = SqliteFile.of(MemorySegment.ofArray(bytes), MemorySegment.ofArray(bytes))) {
            var fine = true;
            for (var table : file.tables()) {
                fine &= reads(() -> TestDatabase.rows(file, table));
                fine &= !fine || reads(() -> file.forEach(table, _ -> true));
            }
            fine &= reads(
                    () -> file.row("t", 7, row -> TestDatabase.values(row, 3).isEmpty()));
            fine &= reads(() -> file.forEachIndexed(
                    "i", List.of("key 1"), row -> !TestDatabase.values(row, 3).isEmpty()));
            fine &= reads(() -> file.forEachIndexed("i", List.of(), _ -> true));
            fine &= reads(() -> file.forEachWithKey("w", List.of("key 4"), _ -> true));
            return fine;
        } catch (SqliteException e) {
            return false;
        }
    }

    private static boolean reads(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (SqliteException e) {
            return false;
        }
    }
}
