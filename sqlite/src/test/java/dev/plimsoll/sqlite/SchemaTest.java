package dev.plimsoll.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements as people write them; SQLite says what their columns are.
class SchemaTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id integer primary key, name text)",
                "create table t (id INTEGER\n  PRIMARY\tKEY AUTOINCREMENT NOT NULL, name)",
                "create table t (id integer primary key asc, name)",
                "create table t (id integer primary key desc, name)",
                "create table t (id int primary key, name)",
                "create table t (id integer, name, primary key (id))",
                "create table t (id integer, name, primary key (id desc))",
                "create table t (id integer, name, constraint \"the key\" primary key (\"ID\" asc))",
                "create table t (name, id integer constraint k primary key on conflict replace)",
                "create table t (id integer default 7 /* primary key */, name)",
                "create table t (id integer, -- the primary key, of course (\n name)",
                "create table t (id 'integer' primary key, name)",
                "create table t (id integer(8) primary key, name)",
                "create table t (id integer not null check (id > 0 and id <> ')'), name text default 'a, (b')",
                "create table t (id integer references t (id), name, unique (id, name), check (id > 0), foreign key (id) references t (id))",
                "create table [t] ([id] integer primary key, `name`)",
                "create table if not exists 't' ('id' integer primary key, \"name\")",
                "create table t (id integer, name, primary key (id, name))",
                "create table t as select 1 as id, 'x' as name",
                "create table t (\"id\" unsigned big int, name varying character (255))",
                "create table t(id integer primary key,name text)strict",
            })
    void theColumnsAreThoseThatSqliteSees(String statement) throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run(
                                statement,
                                "delete from t where true",
                                "insert into t (id, name) values (5, 'five')",
                                "insert into t (id, name) values (9, 'nine')");
                var file = database.reader()) {
            assertThat(file.columns("t"))
                    .isEqualTo(database.query("select name from pragma_table_info('t')").stream()
                            .map(row -> row.getFirst())
                            .toList());
            assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select * from t order by rowid"));
        }
    }

    @Test
    void namesMayHoldQuotesBlanksAndParentheses() throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run("create table \"a (\"\"b\"\", c)\" (\"x, \"\"y\"\"\" text, [z)] integer)");
                var file = database.reader()) {
            assertThat(file.tables()).containsExactly("a (\"b\", c)");
            assertThat(file.columns("a (\"b\", c)")).containsExactly("x, \"y\"", "z)");
        }
    }

    @Test
    void aGeneratedColumnIsThereOnlyWhereItIsStored() throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run(
                                "create table t (a, b as (a + 1), c generated always as (a * 2) stored, d generated always as (0) virtual, e)",
                                "insert into t (a, e) values (1, 5)");
                var file = database.reader()) {
            assertThat(file.columns("t")).containsExactly("a", "c", "e");
            assertThat(TestDatabase.rows(file, "t")).isEqualTo(database.query("select a, c, e from t"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a collate nocase)",
                "create index i on t (a desc)",
                "create index i on t (n)",
                "create index i on t (n, a)",
                "create index i on t (lower(a))",
                "create index i on t (a || n)",
                "create index i on t (a) where a is not null",
            })
    void anIndexThatIsNotPlainIsRefused(String statement) throws Exception {
        try (var database = TestDatabase.in(folder).run("create table t (a text, n text collate nocase)", statement);
                var file = database.reader()) {
            assertThatExceptionOfType(SqliteException.class)
                    .isThrownBy(() -> file.forEachIndexed("i", List.of("x"), _ -> true))
                    .withMessageContaining("i ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a)",
                "create unique index i on t (a asc)",
                "create index i on t (a collate binary asc)",
                "create index i on t (n collate binary)",
                "create index \"i\" on \"t\" (\"A\")",
                "create index i on t (a, n)",
                "create index i on t (a, n desc)",
            })
    void aPlainIndexIsSearched(String statement) throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run(
                                "create table t (a text, n text collate nocase)",
                                statement,
                                "insert into t values ('x', 'x'), ('y', 'y'), ('z', 'X')");
                var file = database.reader()) {
            var found = new java.util.ArrayList<List<Object>>();
            file.forEachIndexed("i", List.of("x"), row -> found.add(TestDatabase.values(row, 2)));

            assertThat(found).containsExactly(List.of("x", "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a text collate nocase primary key, b) without rowid",
                "create table t (a text primary key desc, b) without rowid",
                "create table t (a text, b, primary key (a collate rtrim)) without rowid",
                "create table t (a text, b, primary key (a desc)) without rowid",
            })
    void aKeyThatIsNotPlainIsRefused(String statement) throws Exception {
        try (var database = TestDatabase.in(folder).run(statement, "insert into t values ('x', 1)");
                var file = database.reader()) {
            assertThat(TestDatabase.rows(file, "t")).containsExactly(List.of("x", 1L));
            assertThatExceptionOfType(SqliteException.class)
                    .isThrownBy(() -> file.forEachWithKey("t", List.of("x"), _ -> true))
                    .withMessageContaining("does not order its first 1 columns");
        }
    }

    @Test
    void aLookUpThatTheTableCannotServeIsRefused() throws Exception {
        try (var database = TestDatabase.in(folder)
                        .run(
                                "create table t (a)",
                                "create table u (a primary key, b) without rowid",
                                "create index i on u (b)",
                                "create virtual table v using fts5 (x)");
                var file = database.reader()) {
            var failing = List.<Runnable>of(
                    () -> file.forEach("nothing", _ -> true),
                    () -> file.forEach("v", _ -> true),
                    () -> file.forEachWithKey("t", List.of("x"), _ -> true),
                    () -> file.forEachWithKey("u", List.of("x", "y"), _ -> true),
                    () -> file.row("u", 1, _ -> true),
                    () -> file.forEachIndexed("i", List.of("x"), _ -> true),
                    () -> file.forEachIndexed("nothing", List.of("x"), _ -> true));
            assertThat(failing)
                    .allSatisfy(call ->
                            assertThatExceptionOfType(SqliteException.class).isThrownBy(call::run));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                ")",
                "))((",
                "create table t",
                "create table t (",
                "create table t (a",
                "t (\"",
                "t ([a",
                "t (a/*",
                "t(,,,)",
                "a)b(c,d",
                "t (a collate",
                "t (primary key)",
                "t (constraint)",
                "virtual"
            })
    void statementsThatAreNoneGiveAnEntryAllTheSame(String statement) {
        var table = Schema.table("t", 2, statement);

        assertThat(table.rowidColumn()).isEqualTo(-1);
        assertThat(Schema.index("i", table, 3, statement).table()).isEqualTo("t");
    }
}
