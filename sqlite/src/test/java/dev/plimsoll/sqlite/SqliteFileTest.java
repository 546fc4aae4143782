package dev.plimsoll.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that SQLite wrote, read as SQLite reads them.
class SqliteFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096, 32_768, 65_536})
    void everyKindOfValueIsWhatSqliteSaysItIs(int pageSize) throws Exception {
        try (var database = TestDatabase.in(folder, pageSize).run("create table t (value)")) {
            database.insert(
                    "t",
                    values(pageSize).stream().map(Collections::singletonList).toList());

            try (var file = database.reader()) {
                assertThat(TestDatabase.rows(file, "t"))
                        .isEqualTo(database.query("select value from t order by rowid"));
            }
        }
    }

    /// Numbers around each width; texts and blobs around the lengths at which a record spills to further pages, for
    /// tables and for indexes.
    private static List<Object> values(int pageSize) {
        var values = new ArrayList<Object>(Arrays.asList(
                null, 0.5, -1e300, Double.MIN_VALUE, 3.0, -0.0, Double.POSITIVE_INFINITY, "", "é", "日本\u0000x"));
        for (var power : new int[] {0, 1, 7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 62}) {
            LongStream.of((1L << power) - 1, 1L << power, -(1L << power), -(1L << power) - 1)
                    .forEach(values::add);
        }
        values.addAll(List.of(
                Long.MAX_VALUE, Long.MIN_VALUE, ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {0, -1, 127})));
        var random = new Random(1);
        var edges = new int[] {
            pageSize - 35,
            (pageSize - 12) * 64 / 255 - 23,
            (pageSize - 12) * 32 / 255 - 23,
            pageSize,
            2 * pageSize,
            7 * pageSize
        };
        for (var edge : edges) {
            for (int length = edge - 6; length <= edge + 6; length++) {
                var blob = new byte[length];
                random.nextBytes(blob);
                values.add(ByteBuffer.wrap(blob));
                values.add("x".repeat(length - 1) + "y");
            }
        }
        return values;
    }

    @Test
    void aRealColumnThatHoldsWholeNumbersReadsAsReal() throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run("create table t (value real)", "insert into t values (3), (2.5), (null)");
                var file = database.reader()) {
            var found = new ArrayList<Double>();
            file.forEach("t", row -> found.add(row.real(0)));

            assertThat(found).containsExactly(3.0, 2.5, 0.0);
        }
    }

    @Test
    void aHundredThousandRowsAreScannedAndFound() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (id integer primary key, name text)")) {
            // Every third id, from negative ones on, so that there are gaps.
            database.insert(
                    "t",
                    IntStream.range(-50_000, 50_000)
                            .mapToObj(i -> List.of(3L * i, "name " + i))
                            .toList());
            try (var file = SqliteFile.open(database.file())) {
                assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select * from t order by id"));
                for (long id = -150_010; id < 150_010; id += 7) {
                    var wanted = id;
                    var found = file.row("t", id, row -> {
                        assertThat(TestDatabase.values(row, 2)).isEqualTo(List.of(wanted, "name " + wanted / 3));
                        return true;
                    });
                    assertThat(found).as("row " + id).isEqualTo(id % 3 == 0 && id >= -150_000 && id < 150_000);
                }
            }
        }
    }

    @Test
    void anIndexFindsTheRowsThatSqliteFinds() throws Exception {
        try (var database =
                TestDatabase.in(folder).run("create table t (a text, b, c)", "create index by_ab on t (a, b)")) {
            database.insert("t", someRows(20_000));
            try (var file = database.reader()) {
                for (var a : List.of("", "key 1", "key 33", "key 999", "nothing", "key 7" + "x".repeat(600))) {
                    assertThat(indexed(file, List.of(a)))
                            .isEqualTo(database.query("select * from t where a = '" + a + "' order by a, b, rowid"));
                    for (long b = -1; b < 12; b++) {
                        assertThat(indexed(file, List.of(a, b)))
                                .isEqualTo(database.query(
                                        "select * from t where a = '" + a + "' and b = " + b + " order by rowid"));
                    }
                }
                assertThat(indexed(file, List.of())).isEqualTo(database.query("select * from t order by a, b, rowid"));
            }
        }
    }

    /// Keys with many duplicates; some so long that the index spills; second columns of all kinds.
    private static List<List<Object>> someRows(int count) {
        var random = new Random(2);
        var rows = new ArrayList<List<Object>>();
        for (int i = 0; i < count; i++) {
            var a = "key " + random.nextInt(40) + (random.nextInt(10) == 0 ? "x".repeat(600) : "");
            var b = switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> (Object) (random.nextInt(100) / 10.0);
                case 2 -> "text";
                case 3 -> ByteBuffer.wrap(new byte[] {1});
                default -> (Object) (long) random.nextInt(10);
            };
            rows.add(Arrays.asList(a, b, (long) i));
        }
        return rows;
    }

    private static List<List<Object>> indexed(SqliteFile file, List<?> key) {
        var found = new ArrayList<List<Object>>();
        file.forEachIndexed("by_ab", key, row -> found.add(TestDatabase.values(row, 3)));
        return found;
    }

    @Test
    void numbersThatADoubleCannotHoldAreToldApart() throws Exception {
        var near = (1L << 53) + 1;
        try (var database = TestDatabase.in(folder).run("create table t (a)", "create index by_a on t (a)")) {
            database.insert(
                    "t",
                    List.of(
                            List.of(near),
                            List.of(0x1p53),
                            List.of(near + 1),
                            List.of(1e300),
                            List.of(-1e300),
                            List.of(-0.5),
                            List.of(0L)));
            try (var file = database.reader()) {
                for (var key : List.of(near, near - 1, near + 1, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
                    var found = new ArrayList<List<Object>>();
                    file.forEachIndexed("by_a", List.of(key), row -> found.add(TestDatabase.values(row, 1)));
                    assertThat(found).isEqualTo(database.query("select a from t where a = " + key));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a text, b integer, c text, primary key (a, b)) without rowid",
                "create table t (c text, b integer, a text, primary key (a, b)) without rowid",
                "create table t (c text, a text, b integer, constraint k primary key (a, b, a)) strict, without rowid",
            })
    void aTableWithoutRowIdsIsSearchedByItsKey(String statement) throws Exception {
        try (var database = TestDatabase.in(folder).run(statement)) {
            database.run("""
                    with recursive n (i) as (select 0 union all select i + 1 from n where i < 30000)
                    insert into t (a, b, c) select 'key ' || (i % 97), i, 'value ' || i || substr(hex(zeroblob(400)), 1, i % 700) from n""");
            try (var file = database.reader()) {
                assertThat(file.columns("t")).containsExactly("a", "b", "c");
                assertThat(TestDatabase.rows(file, "t"))
                        .isEqualTo(database.query("select a, b, c from t order by a, b"));
                for (int i = -1; i < 98; i++) {
                    assertThat(keyed(file, List.of("key " + i)))
                            .isEqualTo(database.query("select a, b, c from t where a = 'key " + i + "' order by b"));
                }
                assertThat(keyed(file, List.of("key 5", 102L))).hasSize(1);
                assertThat(keyed(file, List.of("key 5", 103L))).isEmpty();
            }
        }
    }

    private static List<List<Object>> keyed(SqliteFile file, List<?> key) {
        var found = new ArrayList<List<Object>>();
        file.forEachWithKey("t", key, row -> found.add(TestDatabase.values(row, 3)));
        return found;
    }

    @Test
    void aVisitorThatHasSeenEnoughSeesNoMore() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a, b, c)", "create index by_ab on t (a, b)")) {
            database.insert("t", someRows(2000));
            try (var file = database.reader()) {
                var seen = new int[2];
                file.forEach("t", _ -> ++seen[0] < 3);
                file.forEachIndexed("by_ab", List.of(), _ -> ++seen[1] < 3);

                assertThat(seen).containsExactly(3, 3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "full", "incremental"})
    void deletedRowsAndPagesOfOtherKindsDoNotDisturb(String vacuum) throws Exception {
        try (var database = TestDatabase.in(folder)
                .run("pragma auto_vacuum = " + vacuum, "create table t (a, b, c)", "create index by_ab on t (a, b)")) {
            database.insert("t", someRows(5000))
                    .run("delete from t where c % 3 <> 0", "create table u (a)", "insert into u values (1)");
            try (var file = database.reader()) {
                assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select * from t order by rowid"));
                assertThat(indexed(file, List.of("key 1")))
                        .isEqualTo(database.query("select * from t where a = 'key 1' order by b, rowid"));
            }
            database.run("vacuum");
            try (var file = database.reader()) {
                assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select * from t order by rowid"));
                assertThat(TestDatabase.rows(file, "u")).isEqualTo(database.query("select * from u"));
            }
        }
    }

    @Test
    void aColumnAddedLaterIsNullInOlderRows() throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run(
                                "create table t (a)",
                                "insert into t values (1)",
                                "alter table t add column b",
                                "insert into t values (2, 3)");
                var file = database.reader()) {
            assertThat(TestDatabase.rows(file, "t"))
                    .isEqualTo(database.query("select * from t"))
                    .contains(Arrays.asList(1L, null));
        }
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a, b, c)", "create index by_ab on t (a, b)")) {
            database.insert("t", someRows(5000));
            var wanted = database.query("select * from t where a = 'key 5' order by b, rowid");
            try (var file = SqliteFile.open(database.file());
                    var threads = Executors.newFixedThreadPool(8)) {
                Callable<Integer> task = () -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(indexed(file, List.of("key 5"))).isEqualTo(wanted);
                    }
                    return 0;
                };
                for (var outcome : threads.invokeAll(Collections.nCopies(8, task))) {
                    assertThat(outcome.get()).isZero();
                }
            }
        }
    }

    @Test
    void openingDoesNotReadTheFile() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a)", "insert into t values (1)")) {
            try (var longer = new RandomAccessFile(database.file().toFile(), "rw")) {
                longer.setLength(64L << 30); // nothing but a hole: reading it would take minutes
            }
            try (var file = SqliteFile.open(database.file())) {
                assertThat(TestDatabase.rows(file, "t")).containsExactly(List.of(1L));
            }
        }
    }

    @Test
    void aFileWithoutTablesIsEmpty() throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a)", "drop table t");
                var file = database.reader()) {
            assertThat(file.tables()).isEmpty();
            assertThat(file.hasTable("t")).isFalse();
        }
    }

    @Test
    void memoryOfAnyAlignmentWillDo() throws Exception {
        try (var database =
                TestDatabase.in(folder).run("create table t (a)", "insert into t values (1), ('x'), (0.5)")) {
            var bytes = database.bytes();
            var shifted = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, shifted, 1, bytes.length);
            try (var file = SqliteFile.of(MemorySegment.ofArray(shifted).asSlice(1))) {
                assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select * from t"));
            }
        }
    }
}
