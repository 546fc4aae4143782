package dev.plimsoll.sqlite;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A SQLite 3 database, read without SQLite: whole tables, rows by id, rows by index. Opening reads the schema only.
/// Safe for several threads until it is closed.
///
/// Source: sqlite.org, "Database File Format". Text is UTF-8; look-ups need the collation BINARY, ascending. Names
/// are matched as they are written. Damage is a {@link SqliteException} at the latest when the damaged place is read;
/// one call neither reads without end nor hands out much more than the file holds.
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
        var statements = new ArrayList<Index>();
        var count = new int[1];
        tree.walk().table(1, -1, row -> {
            if (++count[0] > MAX_SCHEMA_ENTRIES) {
                throw new SqliteException("its schema has over " + MAX_SCHEMA_ENTRIES + " entries");
            }
            var name = text(row, 1);
            var sql = text(row, 4);
            switch (text(row, 0)) {
                case "table" -> tables.put(name, Schema.table(name, row.integer(3), sql));
                case "index" -> statements.add(new Index(name, text(row, 2), row.integer(3), sql));
                default -> {} // views and triggers hold no rows
            }
            return true;
        });
        for (var index : statements) {
            var table = tables.get(index.table());
            // Those that SQLite makes for UNIQUE and PRIMARY KEY have no statement.
            if (table != null && !index.sql().isEmpty()) {
                indexes.put(index.name(), Schema.index(index.name(), table, index.root(), index.sql()));
            }
        }
    }

    private record Index(String name, String table, long root, String sql) {}

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
            return new SqliteFile(new Pages(segment, WriteAheadLog.NONE), arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Reads a database that the caller holds, and keeps it as long as it is used.
    public static SqliteFile of(MemorySegment database) {
        return new SqliteFile(new Pages(database, WriteAheadLog.NONE), () -> {});
    }

    /// The same with a write-ahead log, whose committed pages count.
    public static SqliteFile of(MemorySegment database, MemorySegment writeAheadLog) {
        return new SqliteFile(new Pages(database, WriteAheadLog.read(writeAheadLog)), () -> {});
    }

    /// Whether a write-ahead log holds anything that was committed; such pages may or may not be in the database yet.
    public static boolean committed(MemorySegment writeAheadLog) {
        return WriteAheadLog.read(writeAheadLog).databasePages() > 0;
    }

    /// Whether there is a table of that name.
    public boolean hasTable(String name) {
        return tables.containsKey(name);
    }

    /// The names of the tables, in the order of the schema.
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    /// The columns of a table in the order in which they are stored; their places are what {@link Row} counts by. A
    /// table without row ids stores those of its primary key first.
    public List<String> columns(String table) {
        return table(table).columns().stream().map(Schema.Column::name).toList();
    }

    /// Hands every row of a table to the visitor, in the order of its key, until it has seen enough.
    public void forEach(String table, RowVisitor visitor) {
        var entry = table(table);
        if (entry.withoutRowid()) {
            tree.walk().index(entry.root(), List.of(), visitor);
        } else {
            tree.walk().table(entry.root(), entry.rowidColumn(), visitor);
        }
    }

    /// Hands the row of that id to the visitor.
    ///
    /// @return whether there is one
    public boolean row(String table, long rowid, RowVisitor visitor) {
        var entry = withRowid(table);
        return tree.walk().row(entry.root(), entry.rowidColumn(), rowid, visitor);
    }

    /// Hands every row of a table without row ids whose key begins with these values to the visitor, in the order of
    /// the key.
    ///
    /// @param key `String` or `Long` values of the first columns of the primary key
    public void forEachWithKey(String table, List<?> key, RowVisitor visitor) {
        var entry = table(table);
        if (!entry.withoutRowid()) {
            throw new SqliteException("table " + table + " has row ids; it is searched by an index");
        }
        mustBeSearchable(entry, key);
        tree.walk().index(entry.root(), keys(key), visitor);
    }

    /// Hands every row whose indexed columns begin with these values to the visitor, in the order of the index.
    ///
    /// @param key `String` or `Long` values of the first columns of the index
    public void forEachIndexed(String index, List<?> key, RowVisitor visitor) {
        var entry = indexes.get(index);
        if (entry == null) {
            throw new SqliteException("there is no index " + index);
        }
        if (!entry.whole()) {
            throw new SqliteException("index " + index + " holds some rows only");
        }
        mustBeSearchable(entry, key);
        var table = withRowid(entry.table());
        var walk = tree.walk();
        walk.index(entry.root(), keys(key), found -> {
            var rowid = found.pointedRowid();
            var goOn = new boolean[1];
            if (!walk.row(table.root(), table.rowidColumn(), rowid, row -> goOn[0] = visitor.row(row))) {
                throw new SqliteException(
                        "index " + index + " names row " + rowid + ", which " + table.name() + " does not have");
            }
            return goOn[0];
        });
    }

    private static void mustBeSearchable(Schema.Entry entry, List<?> key) {
        if (!entry.searchable(key.size())) {
            throw new SqliteException(
                    entry.name() + " does not order its first " + key.size() + " columns by plain values, ascending");
        }
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

    private Schema.Entry table(String name) {
        var entry = tables.get(name);
        if (entry == null) {
            throw new SqliteException("there is no table " + name);
        }
        return entry;
    }

    private Schema.Entry withRowid(String name) {
        var entry = table(name);
        if (entry.withoutRowid()) {
            throw new SqliteException("table " + name + " has no row ids; it is searched by its primary key");
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
