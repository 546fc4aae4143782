package dev.plimsoll.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads as much of `create table` and `create index` as is needed to know the columns.
///
/// Source: sqlite.org, "CREATE TABLE", "CREATE INDEX", "Database File Format" section 2.6.
final class Schema {

    private static final List<String> TABLE_CONSTRAINTS = List.of("constraint", "primary", "unique", "check", "foreign");

    private Schema() {}

    /// A table or an index.
    ///
    /// @param rowidColumn the column that is another name for the row id, -1 where there is none
    /// @param comparable whether the index orders by plain bytes
    record Entry(
            String kind,
            String name,
            String table,
            long root,
            List<String> columns,
            int rowidColumn,
            boolean withoutRowid,
            boolean comparable) {}

    static Entry table(String name, long root, String sql) {
        var columns = new ArrayList<String>();
        var rowidColumn = -1;
        for (var definition : definitions(sql)) {
            var words = words(definition);
            if (words.isEmpty() || TABLE_CONSTRAINTS.contains(lower(words.getFirst()))) {
                // `primary key (id)` on a column of type INTEGER names the row id too.
                if (words.size() >= 3 && lower(words.getFirst()).equals("primary") && words.size() == 3) {
                    rowidColumn = integerColumn(sql, columns, words.get(2));
                }
                continue;
            }
            var text = lower(definition);
            if (words.size() >= 4
                    && lower(words.get(1)).equals("integer")
                    && text.contains("primary key")
                    && !text.contains("primary key desc")) {
                rowidColumn = columns.size();
            }
            columns.add(words.getFirst());
        }
        var tail = lower(sql.substring(sql.lastIndexOf(')') + 1));
        var withoutRowid = tail.replaceAll("\\s+", " ").contains("without rowid");
        return new Entry("table", name, name, root, List.copyOf(columns), withoutRowid ? -1 : rowidColumn, withoutRowid, true);
    }

    static Entry index(String name, String table, long root, String sql) {
        var columns = new ArrayList<String>();
        var comparable = true;
        for (var definition : definitions(sql)) {
            var words = words(definition);
            var text = lower(definition);
            comparable &= !text.contains("collate") && !text.matches("(?s).*\\bdesc\\s*");
            columns.add(words.isEmpty() ? "" : words.getFirst());
        }
        return new Entry("index", name, table, root, List.copyOf(columns), -1, false, comparable);
    }

    private static int integerColumn(String sql, List<String> columns, String name) {
        var at = columns.indexOf(name);
        if (at < 0) {
            return -1;
        }
        var words = words(definitions(sql).get(at));
        return words.size() > 1 && lower(words.get(1)).equals("integer") ? at : -1;
    }

    /// The parts between the outer parentheses, split at commas outside inner ones and quotes.
    private static List<String> definitions(String sql) {
        var parts = new ArrayList<String>();
        var depth = 0;
        var quote = '\0';
        var from = -1;
        for (int i = 0; i < sql.length(); i++) {
            var c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == '[') {
                quote = ']';
            } else if (c == '(') {
                if (depth++ == 0) {
                    from = i + 1;
                }
            } else if (c == ')') {
                if (--depth == 0) {
                    parts.add(sql.substring(from, i).strip());
                    return parts;
                }
            } else if (c == ',' && depth == 1) {
                parts.add(sql.substring(from, i).strip());
                from = i + 1;
            }
        }
        return parts;
    }

    /// Words without their quotes; parentheses separate.
    private static List<String> words(String definition) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = '\0';
        for (int i = 0; i < definition.length(); i++) {
            var c = definition.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == '[') {
                quote = ']';
            } else if (Character.isWhitespace(c) || c == '(' || c == ')') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
