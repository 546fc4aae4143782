package dev.plimsoll.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs that SQLite wrote; copied while the database is open, because closing empties them. SQLite reads the copies
/// too, and must see the same.
class WriteAheadLogTest {

    private static final int HEADER = 32;
    private static final int FRAME = 24 + 512;

    @TempDir
    Path folder;

    @Test
    void committedPagesCountAndOpenOnesDoNot() throws Exception {
        try (var database = logged()) {
            database.insert("t", rows(100)).insert("t", rows(200));
            var committed = log(database).length;
            // More than the page cache holds, so that pages are written before any commit.
            database.run("pragma cache_size = 5").insertOpen("t", rows(3000));
            assertThat(log(database).length).isGreaterThan(committed + 10 * FRAME);

            var found = read(database.bytes(), log(database));

            assertThat(found).hasSize(300).isEqualTo(sqliteReads(database.bytes(), log(database)));
        }
    }

    @Test
    void aLogThatEndsAnywhereGivesWhatWasCommittedBefore() throws Exception {
        try (var database = logged()) {
            for (int i = 0; i < 5; i++) {
                database.insert("t", rows(20));
            }
            var log = log(database);
            for (int length = 0; length <= log.length; length += length < 2 * FRAME ? 13 : 134) {
                var part = Arrays.copyOf(log, length);

                assertThat(read(database.bytes(), part))
                        .as("length " + length)
                        .isEqualTo(sqliteReads(database.bytes(), part));
            }
        }
    }

    @Test
    void whatComesAfterADamagedFrameDoesNotCount() throws Exception {
        try (var database = logged()) {
            for (int i = 0; i < 3; i++) {
                database.insert("t", rows(20));
            }
            for (int at = 0; at < log(database).length; at += at < 2 * FRAME ? 3 : 89) {
                var log = log(database);
                log[at] ^= 1;

                assertThat(read(database.bytes(), log)).as("byte " + at).isEqualTo(sqliteReads(database.bytes(), log));
            }
        }
    }

    @Test
    void framesOfAnEarlierRoundDoNotCount() throws Exception {
        try (var database = logged()) {
            database.insert("t", rows(300))
                    .run("pragma wal_checkpoint(restart)")
                    .insert("t", rows(1));
            assertThat(log(database).length).isGreaterThan(10 * FRAME);

            assertThat(read(database.bytes(), log(database)))
                    .hasSize(301)
                    .isEqualTo(database.query("select * from t order by rowid"));
        }
    }

    @Test
    void aDatabaseThatGotSmallerIsReadToItsEnd() throws Exception {
        try (var database = logged()) {
            database.insert("t", rows(300))
                    .run("pragma wal_checkpoint(truncate)", "delete from t where rowid > 10", "vacuum");

            assertThat(read(database.bytes(), log(database)))
                    .hasSize(10)
                    .isEqualTo(database.query("select * from t order by rowid"));
        }
    }

    @Test
    void theWholeDatabaseMayStandInTheLog() throws Exception {
        try (var database = TestDatabase.in(folder)
                .run("pragma journal_mode = wal", "pragma wal_autocheckpoint = 0", "create table t (a, b)")) {
            database.insert("t", rows(30));

            assertThat(read(new byte[0], log(database))).hasSize(30);
        }
    }

    @Test
    void aLogOfAnotherPageSizeIsRefused() throws Exception {
        try (var database = logged().insert("t", rows(30));
                var other = TestDatabase.in(Files.createTempDirectory(folder, "other"), 1024)
                        .run("create table t (a)")) {
            assertThatExceptionOfType(SqliteException.class)
                    .isThrownBy(() -> read(other.bytes(), log(database)))
                    .withMessageContaining("log 512");
        }
    }

    private TestDatabase logged() throws SQLException {
        return TestDatabase.in(folder)
                .run(
                        "pragma journal_mode = wal",
                        "pragma wal_autocheckpoint = 0",
                        "create table t (a, b)",
                        "pragma wal_checkpoint(truncate)");
    }

    private static List<List<Object>> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> List.<Object>of((long) i, "text " + i))
                .toList();
    }

    private static byte[] log(TestDatabase database) throws IOException {
        return Files.readAllBytes(Path.of(database.file() + "-wal"));
    }

    private static List<List<Object>> read(byte[] main, byte[] log) {
        try (var file = SqliteFile.of(MemorySegment.ofArray(main), MemorySegment.ofArray(log))) {
            return TestDatabase.rows(file, "t");
        }
    }

    private List<List<Object>> sqliteReads(byte[] main, byte[] log) throws IOException, SQLException {
        var copy = Files.createTempDirectory(folder, "copy").resolve("copy.db");
        Files.write(copy, main);
        Files.write(Path.of(copy + "-wal"), log);
        try (var database = TestDatabase.opened(copy)) {
            return database.query("select * from t order by rowid");
        }
    }

    @Test
    void theSizesAreThoseOfTheFormat() throws Exception {
        try (var database = logged().insert("t", rows(30))) {
            assertThat((log(database).length - HEADER) % FRAME).isZero();
        }
    }
}
