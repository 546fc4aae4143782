package dev.plimsoll.sqlite;

import dev.plimsoll.sqlite.SchemaText.Word;
import java.util.ArrayList;
import java.util.List;

/// Reads as much of `create table` and `create index` as is needed to know which columns are stored, in which order,
/// and how they are ordered.
///
/// Source: sqlite.org, "CREATE TABLE" (sections 3.4 and 5, "ROWIDs and the INTEGER PRIMARY KEY"), "CREATE INDEX",
/// "Generated Columns", "Database File Format" sections 2.4 to 2.6.
final class Schema {

    /// In characters; the longest statements of known databases are some thousand.
    static final int MAX_STATEMENT = 1 << 20;

    private static final List<String> TABLE_CONSTRAINTS =
            List.of("constraint", "primary", "unique", "check", "foreign");
    private static final List<String> COLUMN_CONSTRAINTS = List.of(
            "constraint",
            "primary",
            "not",
            "null",
            "unique",
            "check",
            "default",
            "collate",
            "references",
            "generated",
            "as");

    private Schema() {}

    /// A table or an index.
    ///
    /// @param columns as they are stored: in a table without row ids those of the primary key come first
    /// @param rowidColumn the column that is another name for the row id, -1 where there is none
    /// @param whole false for an index of some rows only
    record Entry(
            String name,
            String table,
            long root,
            List<Column> columns,
            int rowidColumn,
            boolean withoutRowid,
            boolean whole) {

        Entry {
            columns = List.copyOf(columns);
        }

        /// Whether the first columns are ordered by plain values, ascending, so that they can be searched.
        boolean searchable(int keys) {
            return keys <= columns.size() && columns.subList(0, keys).stream().allMatch(Column::plain);
        }
    }

    /// A column.
    ///
    /// @param plain whether it is ordered by its plain value (collation BINARY), ascending
    record Column(String name, boolean plain) {}

    static Entry table(String name, long root, String sql) {
        var words = words(name, sql);
        if (words.size() > 1 && words.get(1).is("virtual")) {
            return new Entry(name, name, root, List.of(), -1, false, true);
        }
        var columns = new ArrayList<Column>();
        var primaryKey = new ArrayList<Column>();
        var rowidName = "";
        var integers = new ArrayList<String>();
        for (var definition : SchemaText.definitions(words)) {
            if (definition.isEmpty()) {
                continue;
            }
            if (definition.getFirst().isOneOf(TABLE_CONSTRAINTS)) {
                var key = primaryKey(definition, columns);
                if (key.size() == 1 && integers.contains(key.getFirst().name())) {
                    rowidName = key.getFirst().name();
                }
                primaryKey.addAll(key);
                continue;
            }
            var column = new ColumnDefinition(definition);
            if (!column.isStored()) {
                continue;
            }
            columns.add(new Column(column.name(), column.isPlain()));
            if (column.isInteger()) {
                integers.add(column.name());
            }
            if (column.isPrimaryKey()) {
                primaryKey.add(new Column(column.name(), column.isPlain() && !column.isDescending()));
                // A quirk that SQLite keeps: with DESC here, and only here, the column is none for the row id.
                rowidName = column.isInteger() && !column.isDescending() ? column.name() : "";
            }
        }
        if (isWithoutRowid(SchemaText.tail(words))) {
            return new Entry(name, name, root, keyFirst(primaryKey, columns), -1, true, true);
        }
        return new Entry(name, name, root, columns, place(columns, rowidName), false, true);
    }

    private static List<Word> words(String name, String sql) {
        if (sql.length() > MAX_STATEMENT) {
            throw new SqliteException(
                    "the statement of " + name + " in the schema is over " + MAX_STATEMENT + " characters");
        }
        return SchemaText.words(sql);
    }

    private static boolean isWithoutRowid(List<Word> tail) {
        for (int i = 0; i + 1 < tail.size(); i++) {
            if (tail.get(i).is("without") && tail.get(i + 1).is("rowid")) {
                return true;
            }
        }
        return false;
    }

    /// `[constraint x] primary key (a, b desc)`; empty for other constraints.
    private static List<Column> primaryKey(List<Word> constraint, List<Column> columns) {
        var key = new ArrayList<Column>();
        if (SchemaText.outer(constraint).stream().anyMatch(word -> word.is("primary"))) {
            SchemaText.definitions(constraint).forEach(part -> key.add(keyPart(part, columns)));
        }
        return key;
    }

    /// A column as an index names it; an expression is not plain.
    private static Column keyPart(List<Word> words, List<Column> columns) {
        if (words.isEmpty()) {
            return new Column("", false);
        }
        var at = place(columns, words.getFirst().text());
        var plain = at >= 0 && columns.get(at).plain();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).is("collate") && i + 1 < words.size()) {
                plain = at >= 0 && words.get(++i).text().equalsIgnoreCase("binary");
            } else if (!words.get(i).is("asc")) {
                plain = false;
                break;
            }
        }
        return new Column(at >= 0 ? columns.get(at).name() : words.getFirst().text(), plain);
    }

    private static List<Column> keyFirst(List<Column> primaryKey, List<Column> columns) {
        var ordered = new ArrayList<Column>();
        for (var column : primaryKey) {
            if (place(ordered, column.name()) < 0) {
                ordered.add(column);
            }
        }
        for (var column : columns) {
            if (place(ordered, column.name()) < 0) {
                ordered.add(new Column(column.name(), false)); // not a part of the key: its order means nothing
            }
        }
        return ordered;
    }

    private static int place(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /// @param table the one that it belongs to: an index takes over its columns' collations
    static Entry index(String name, Entry table, long root, String sql) {
        var words = words(name, sql);
        var columns = new ArrayList<Column>();
        SchemaText.definitions(words).forEach(part -> columns.add(keyPart(part, table.columns())));
        var whole = SchemaText.tail(words).stream().noneMatch(word -> word.is("where"));
        return new Entry(name, table.name(), root, columns, -1, false, whole);
    }

    /// `name type constraints`.
    private static final class ColumnDefinition {

        private final String name;
        private final boolean integer;
        private final List<Word> constraints;

        ColumnDefinition(List<Word> definition) {
            this.name = definition.getFirst().text();
            var outer = SchemaText.outer(definition);
            var type = new ArrayList<Word>();
            var at = 1;
            while (at < outer.size() && !outer.get(at).isOneOf(COLUMN_CONSTRAINTS)) {
                type.add(outer.get(at++));
            }
            this.integer = type.size() == 1
                    && type.getFirst().text().equalsIgnoreCase("integer")
                    && (definition.size() == 2 || !definition.get(2).is("("));
            this.constraints = at < outer.size() ? outer.subList(at, outer.size()) : List.of();
        }

        String name() {
            return name;
        }

        /// The type INTEGER, written so, in quotes or not: INT and INTEGER(8) are other ones here.
        boolean isInteger() {
            return integer;
        }

        boolean isPrimaryKey() {
            return has("primary", "key");
        }

        boolean isDescending() {
            return has("key", "desc");
        }

        boolean isPlain() {
            return !has("collate") || has("collate", "binary");
        }

        /// A generated column is not, unless it says STORED.
        boolean isStored() {
            return !has("as") || has("stored");
        }

        private boolean has(String keyword) {
            return constraints.stream().anyMatch(word -> word.is(keyword));
        }

        /// Whether a keyword stands there with that word behind it.
        private boolean has(String keyword, String next) {
            for (int i = 0; i + 1 < constraints.size(); i++) {
                if (constraints.get(i).is(keyword)
                        && constraints.get(i + 1).text().equalsIgnoreCase(next)) {
                    return true;
                }
            }
            return false;
        }
    }
}
