package dev.plimsoll.sqlite;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A SQLite 3 database, read without SQLite: whole tables, rows by id, rows by index. Opening reads the schema only. Safe for several threads
/// until it is closed.
///
/// Source: sqlite.org, "Database File Format". Text is UTF-8; indexes are those with the collation BINARY, ascending.
public final class SqliteFile implements AutoCloseable {

    /// A schema is a few hundred entries; more is a sign of damage.
    static final int MAX_SCHEMA_ENTRIES = 10_000;

    private final BTree tree;
    private final Map<String, Schema.Entry> tables = new LinkedHashMap<>();
    private final Map<String, Schema.Entry> indexes = new LinkedHashMap<>();
    private final AutoCloseable beneath;

    private SqliteFile(Pages pages, AutoCloseable beneath) {
        this.tree = new BTree(pages);
        this.beneath = beneath;
        var count = new int[1];
        tree.scanTable(1, -1, row -> {
            if (++count[0] > MAX_SCHEMA_ENTRIES) {
                throw new SqliteException("its schema has over " + MAX_SCHEMA_ENTRIES + " entries");
            }
            var kind = text(row, 0);
            var name = text(row, 1);
            var sql = text(row, 4);
            if (kind.equals("table")) {
                tables.put(name, Schema.table(name, row.integer(3), sql));
            } else if (kind.equals("index") && !sql.isEmpty()) {
                indexes.put(name, Schema.index(name, text(row, 2), row.integer(3), sql));
            }
            return true;
        });
    }

    private static String text(Row row, int column) {
        var text = row.text(column);
        return text == null ? "" : text;
    }

    /// Maps a file; nothing but the schema is read now.
    ///
    /// @throws SqliteException when it is no SQLite file that can be read here
    /// @throws IOException when the file cannot be opened
    public static SqliteFile open(Path path) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new SqliteFile(new Pages(segment, Map.of(), 0), arena::close);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Reads a database that the caller holds, and keeps it as long as it is used.
    public static SqliteFile of(MemorySegment database) {
        return new SqliteFile(new Pages(database, Map.of(), 0), () -> {});
    }

    /// The same with a write-ahead log, whose committed pages count.
    public static SqliteFile of(MemorySegment database, MemorySegment writeAheadLog) {
        var log = WriteAheadLog.read(writeAheadLog);
        return new SqliteFile(new Pages(database, log.pages(), log.databasePages()), () -> {});
    }

    /// Whether there is a table of that name.
    public boolean hasTable(String name) {
        return tables.containsKey(name);
    }

    /// The columns of a table in their order; their places are what {@link Row} counts by.
    public List<String> columns(String table) {
        return entry(tables, table, "table").columns();
    }

    /// Hands every row of a table to the visitor, in the order of its key, until it has seen enough.
    public void forEach(String table, RowVisitor visitor) {
        var entry = entry(tables, table, "table");
        if (entry.withoutRowid()) {
            tree.scanIndex(entry.root(), List.of(), visitor);
        } else {
            tree.scanTable(entry.root(), entry.rowidColumn(), visitor);
        }
    }

    /// Hands the row of that id to the visitor.
    ///
    /// @return whether there is one
    public boolean row(String table, long rowid, RowVisitor visitor) {
        var entry = entry(tables, table, "table");
        return tree.findRow(entry.root(), entry.rowidColumn(), rowid, visitor);
    }

    /// Hands every row of a table without row ids whose key begins with these values to the visitor, in the order of the key.
    ///
    /// @param key `String` or `Long` values of the first columns of the primary key
    public void forEachWithKey(String table, List<?> key, RowVisitor visitor) {
        var entry = entry(tables, table, "table");
        if (!entry.withoutRowid()) {
            throw new SqliteException("table " + table + " has row ids; it is searched by an index");
        }
        tree.scanIndex(entry.root(), keys(key), visitor);
    }

    /// Hands every row whose indexed columns begin with these values to the visitor, in the order of the index.
    ///
    /// @param key `String` or `Long` values of the first columns of the index
    public void forEachIndexed(String index, List<?> key, RowVisitor visitor) {
        var entry = entry(indexes, index, "index");
        if (!entry.comparable()) {
            throw new SqliteException("index " + index + " does not order by plain bytes, ascending");
        }
        var table = entry(tables, entry.table(), "table");
        tree.scanIndex(entry.root(), keys(key), found -> {
            var rowid = found.integer(found.stored() - 1);
            var wanted = new boolean[] {true};
            var there = tree.findRow(table.root(), table.rowidColumn(), rowid, row -> wanted[0] = visitor.row(row));
            if (!there) {
                throw new SqliteException("index " + index + " names row " + rowid + ", which " + entry.table() + " does not have");
            }
            return wanted[0];
        });
    }

    private static List<Object> keys(List<?> key) {
        return key.stream()
                .map(value -> switch (value) {
                    case String text -> (Object) MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
                    case Long number -> (Object) number;
                    default -> throw new IllegalArgumentException("a key is text or a whole number: " + value);
                })
                .toList();
    }

    private static Schema.Entry entry(Map<String, Schema.Entry> entries, String name, String what) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new SqliteException("there is no " + what + " " + name);
        }
        return entry;
    }

    @Override
    public void close() {
        try {
            beneath.close();
        } catch (Exception e) {
            throw new SqliteException("cannot be closed: " + e.getMessage(), e);
        }
    }

    /// Sees rows pass by.
    @FunctionalInterface
    public interface RowVisitor {
        /// @param row valid during the call only
        /// @return whether to go on
        boolean row(Row row);
    }
}
