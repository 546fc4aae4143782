package dev.plimsoll.sqlite;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// A database that SQLite itself writes and reads: it makes the files, and it is the oracle of what is in them.
final class TestDatabase implements AutoCloseable {

    private final Path file;
    private final Connection connection;

    private TestDatabase(Path file) throws SQLException {
        this.file = file;
        this.connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
    }

    /// A new one with small pages, so that trees grow high and records spill soon.
    static TestDatabase in(Path folder) throws SQLException {
        return in(folder, 512);
    }

    static TestDatabase in(Path folder, int pageSize) throws SQLException {
        return new TestDatabase(folder.resolve("test.db")).run("pragma page_size = " + pageSize);
    }

    static TestDatabase opened(Path file) throws SQLException {
        return new TestDatabase(file);
    }

    TestDatabase run(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /// Inserts rows in one transaction.
    TestDatabase insert(String table, List<? extends List<?>> rows) throws SQLException {
        connection.setAutoCommit(false);
        insertOpen(table, rows);
        connection.commit();
        connection.setAutoCommit(true);
        return this;
    }

    /// Begins a transaction and leaves it open.
    TestDatabase insertOpen(String table, List<? extends List<?>> rows) throws SQLException {
        connection.setAutoCommit(false);
        var marks = "?,".repeat(rows.getFirst().size());
        try (var statement = connection.prepareStatement(
                "insert into " + table + " values (" + marks.substring(0, marks.length() - 1) + ")")) {
            for (var row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    var value = row.get(i);
                    statement.setObject(i + 1, value instanceof ByteBuffer blob ? blob.array() : value);
                }
                statement.executeUpdate();
            }
        }
        return this;
    }

    /// What SQLite answers: Long, Double, String, ByteBuffer or null.
    List<List<Object>> query(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<Object>>();
            while (result.next()) {
                var row = new ArrayList<Object>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(
                            switch (result.getObject(i)) {
                                case Integer number -> number.longValue();
                                case byte[] blob -> ByteBuffer.wrap(blob);
                                case null -> null;
                                case Object other -> other;
                            });
                }
                rows.add(row);
            }
            return rows;
        }
    }

    Path file() {
        return file;
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    /// Our reader over the file as it stands now.
    SqliteFile reader() throws IOException {
        return SqliteFile.of(MemorySegment.ofArray(bytes()));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// The columns of a row as {@link #query} gives them.
    static List<Object> values(Row row, int columns) {
        var values = new ArrayList<Object>();
        for (int i = 0; i < columns; i++) {
            values.add(
                    switch (row.kind(i)) {
                        case NULL -> null;
                        case INTEGER -> row.integer(i);
                        case REAL -> row.real(i);
                        case TEXT -> row.text(i);
                        case BLOB -> ByteBuffer.wrap(row.blob(i));
                    });
        }
        return values;
    }

    /// Every row of a table as we read it.
    static List<List<Object>> rows(SqliteFile file, String table) {
        var columns = file.columns(table).size();
        var rows = new ArrayList<List<Object>>();
        file.forEach(table, row -> rows.add(values(row, columns)));
        return rows;
    }
}
