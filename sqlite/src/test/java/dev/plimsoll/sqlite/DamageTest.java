package dev.plimsoll.sqlite;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with a file, it gives rows or a {@link SqliteException}, soon.
@Timeout(value = 120, unit = SECONDS)
class DamageTest {

    private static final int PAGE = 512;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x80, 0xff})
    void everyByteMayBeWrong(int change) throws Exception {
        var bytes = Samples.small(folder);
        var refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            var damaged = bytes.clone();
            damaged[at] ^= (byte) change;
            refused += Samples.readsAll(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(50, bytes.length - 50);
    }

    @Test
    void everyLengthMayBeMissing() throws Exception {
        var bytes = Samples.small(folder);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(Samples.readsAll(Arrays.copyOf(bytes, length)))
                    .as("length " + length)
                    .isFalse();
        }
        assertThat(Samples.readsAll(bytes)).isTrue();
    }

    @Test
    void manyBytesMayBeWrongAtOnce() throws Exception {
        var bytes = Samples.small(folder);
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            var damaged = bytes.clone();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                // Mostly the heads of pages, where the pointers are.
                var page = random.nextInt(bytes.length / PAGE) * PAGE;
                damaged[page + (random.nextBoolean() ? random.nextInt(20) : random.nextInt(PAGE))] =
                        (byte) random.nextInt();
            }
            Samples.readsAll(damaged);
        }
    }

    @Test
    void aPageThatIsItsOwnChildIsNoticed() throws Exception {
        var bytes = Samples.small(folder);
        refuses(loop(bytes, 5), "t", "deeper than 20 pages");
        refuses(loop(bytes, 2), "w", "deeper than 20 pages");
    }

    /// Makes the root page of every tree of that kind a child of itself.
    private static byte[] loop(byte[] bytes, int kind) {
        var damaged = ByteBuffer.wrap(bytes.clone());
        for (int page = 2; page <= bytes.length / PAGE; page++) {
            var at = (page - 1) * PAGE;
            if (damaged.get(at) == kind) {
                damaged.putInt(at + 8, page);
                damaged.putInt(at + damaged.getShort(at + 12), page);
            }
        }
        return damaged.array();
    }

    /// Twenty levels of pages, each with many cells that all lead to the same next page: to visit them all would take
    /// years.
    @Test
    void pagesWithManyParentsAreNoticed() throws Exception {
        var pages = 18;
        try (var database = TestDatabase.in(folder).run("create table t (a)")) {
            var file = ByteBuffer.wrap(Arrays.copyOf(database.bytes(), (pages + 2) * PAGE));
            for (int page = 2; page < pages + 2; page++) {
                var at = (page - 1) * PAGE;
                var cells = 200;
                file.put(at, (byte) 5).putShort(at + 3, (short) cells).putInt(at + 8, page + 1);
                for (int i = 0; i < cells; i++) {
                    file.putShort(at + 12 + 2 * i, (short) 500);
                }
                file.putInt(at + 500, page + 1);
            }
            file.put((pages + 1) * PAGE, (byte) 13);

            refuses(file.array(), "t", "the tree has a loop");
        }
    }

    /// A page whose cells are all the same record, which spills over most of the file.
    @Test
    void recordsThatLieOverEachOtherAreNoticed() throws Exception {
        try (var database =
                TestDatabase.in(folder, 65_536).run("create table t (a)", "insert into t values (zeroblob(3000000))")) {
            var file = ByteBuffer.wrap(database.bytes());
            var at = 65_536;
            var record = file.getShort(at + 8);
            file.putShort(at + 3, (short) 200);
            for (int i = 0; i < 200; i++) {
                file.putShort(at + 8 + 2 * i, record);
            }
            refuses(file.array(), "t", "records lie over each other");
        }
    }

    @Test
    void messagesNameThePageAndTheReason() throws Exception {
        var bytes = Samples.small(folder);
        refuses(with(bytes, PAGE, 99), "one", "page 2 is of kind 99 where 13 belongs");
        refuses(with(bytes, PAGE + 8, 0xff), "one", "page 2 ");
        refuses(Arrays.copyOf(bytes, PAGE), "one", "page 2 does not exist; there are 1");
    }

    @Test
    void whatIsNotReadHereIsRefusedAtOnce() throws Exception {
        var bytes = Samples.small(folder);
        refusesToOpen(new byte[0], "shorter than the header");
        refusesToOpen(
                "not a database at all, but long enough to be one. ".repeat(4).getBytes(StandardCharsets.UTF_8),
                "not a SQLite file");
        refusesToOpen(with(bytes, 16, 3), "page size 768");
        refusesToOpen(with(bytes, 20, 33), "usable page size 479");
        refusesToOpen(with(bytes, 19, 3), "read version 3");
        assertThat(Samples.readsAll(with(bytes, 19, 2))).isTrue();
        try (var database = TestDatabase.in(Files.createTempDirectory(folder, "wide"))
                .run("pragma encoding = 'UTF-16le'", "create table t (a)")) {
            refusesToOpen(database.bytes(), "UTF-16");
        }
        try (var database = TestDatabase.in(Files.createTempDirectory(folder, "wide"))
                .run("pragma encoding = 'UTF-16be'", "create table t (a)")) {
            refusesToOpen(database.bytes(), "UTF-16");
        }
    }

    @Test
    void aFileThatIsNoneIsLeftClosed() throws Exception {
        var file = Files.write(folder.resolve("none"), new byte[0]);

        assertThatExceptionOfType(SqliteException.class).isThrownBy(() -> SqliteFile.open(file));
        assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> SqliteFile.open(folder.resolve("absent")));
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        var damaged = bytes.clone();
        damaged[at] = (byte) value;
        return damaged;
    }

    private static void refusesToOpen(byte[] bytes, String reason) {
        assertThatExceptionOfType(SqliteException.class)
                .isThrownBy(() -> SqliteFile.of(MemorySegment.ofArray(bytes)))
                .withMessageContaining(reason);
    }

    private static void refuses(byte[] bytes, String table, String reason) {
        try (var file = SqliteFile.of(MemorySegment.ofArray(bytes))) {
            assertThatExceptionOfType(SqliteException.class)
                    .isThrownBy(() -> file.forEach(table, _ -> true))
                    .withMessageContaining(reason);
        }
    }

    @Test
    void aRecordMayHaveTwoThousandColumnsAndNoMore() {
        assertThat(new Row(1, record(Row.MAX_COLUMNS), 1, -1).isNull(Row.MAX_COLUMNS - 1))
                .isTrue();
        assertThatExceptionOfType(SqliteException.class)
                .isThrownBy(() -> new Row(1, record(Row.MAX_COLUMNS + 1), 1, -1))
                .withMessageContaining("over 2000 columns");
    }

    private static MemorySegment record(int nulls) {
        var record = new ByteArrayOutputStream();
        var length = nulls + 2;
        record.write(0x80 | length >> 7);
        record.write(length & 0x7f);
        record.writeBytes(new byte[nulls]);
        return MemorySegment.ofArray(record.toByteArray());
    }

    @Test
    void aRecordMayBeAsLongAsTheLimitAndNoLonger() throws Exception {
        // A header of five bytes stands before the blob.
        var most = BTree.MAX_PAYLOAD - 5;
        try (var database = TestDatabase.in(folder, 65_536)
                .run("create table t (a)", "insert into t values (zeroblob(" + most + "))")) {
            try (var file = SqliteFile.open(database.file())) {
                file.forEach("t", row -> {
                    assertThat(row.blob(0)).hasSize((int) most);
                    return true;
                });
            }
            database.run("update t set a = zeroblob(" + (most + 1) + ")");
            try (var file = SqliteFile.open(database.file())) {
                assertThatExceptionOfType(SqliteException.class)
                        .isThrownBy(() -> file.forEach("t", _ -> true))
                        .withMessageContaining("the limit is " + BTree.MAX_PAYLOAD);
            }
        }
    }

    @Test
    void aSchemaMayHaveAsManyEntriesAsTheLimitAndNoMore() throws Exception {
        try (var database = TestDatabase.in(folder, 4096).run("create table t (a)", "pragma writable_schema = on")) {
            database.run("with recursive n (i) as (select 2 union all select i + 1 from n where i < "
                    + SqliteFile.MAX_SCHEMA_ENTRIES
                    + ") insert into sqlite_schema select 'view', 'v' || i, 'v' || i, 0, '' from n");
            assertThat(database.reader().tables()).containsExactly("t");

            database.run("insert into sqlite_schema values ('view', 'one more', 'one more', 0, '')");
            refusesToOpen(database.bytes(), "over 10000 entries");
        }
    }

    @Test
    void aStatementMayBeAsLongAsTheLimitAndNoLonger() throws Exception {
        var statement = "create table t (a)";
        var longest = statement + " ".repeat(Schema.MAX_STATEMENT - statement.length());

        assertThat(Schema.table("t", 2, longest).columns()).hasSize(1);
        assertThatExceptionOfType(SqliteException.class)
                .isThrownBy(() -> Schema.table("t", 2, longest + " "))
                .withMessageContaining("over " + Schema.MAX_STATEMENT + " characters");
    }

    @Test
    void aTreeMayBeAsDeepAsTheLimitAndNoDeeper() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a)")) {
            for (int depth : List.of(BTree.MAX_DEPTH, BTree.MAX_DEPTH + 1)) {
                var file = ByteBuffer.wrap(Arrays.copyOf(database.bytes(), (depth + 1) * PAGE));
                for (int page = 2; page <= depth; page++) {
                    file.put((page - 1) * PAGE, (byte) 5).putInt((page - 1) * PAGE + 8, page + 1);
                }
                file.put(depth * PAGE, (byte) 13);
                if (depth == BTree.MAX_DEPTH) {
                    assertThat(TestDatabase.rows(SqliteFile.of(MemorySegment.ofArray(file.array())), "t"))
                            .isEmpty();
                    assertThat(SqliteFile.of(MemorySegment.ofArray(file.array()))
                                    .row("t", 1, _ -> true))
                            .isFalse();
                } else {
                    refuses(file.array(), "t", "deeper than 20 pages");
                    assertThatExceptionOfType(SqliteException.class)
                            .isThrownBy(() -> SqliteFile.of(MemorySegment.ofArray(file.array()))
                                    .row("t", 1, _ -> true));
                }
            }
        }
    }
}
