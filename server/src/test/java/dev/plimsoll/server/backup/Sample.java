package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A row in every table of the schema, whatever its columns, with values that are hard to carry; and
/// the objects that the rows name.
final class Sample {

    private Sample() {}

    /// @param size of the largest object, in bytes, and of the largest table about
    /// @return digests of the objects
    static java.util.List<String> fill(Connection connection, ObjectStore objects, int size)
            throws SQLException, IOException {
        var large = new byte[size];
        new java.util.Random(5).nextBytes(large);
        var inventory = objects.put(out -> out.write("an inventory".getBytes(StandardCharsets.UTF_8)));
        var facts = objects.put(out -> out.write(large));
        var advisories = objects.put(out -> out.write(new byte[0]));
        var schema = schema(connection);
        for (var table : schema.tables().entrySet()) {
            for (var copy = 0; copy < 2; copy++) {
                var object = switch (table.getKey()) {
                    case "image" -> inventory;
                    case "layer_fact" -> facts;
                    default -> advisories;
                };
                insert(connection, table.getKey(), copy, object);
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("delete from setting");
            statement.execute("""
                    insert into setting values ('hard', E'tab\\t line\\n back\\\\slash \\\\N \\\\. "quotes" ü €'), ('empty', '');
                    insert into setting select 'many ' || n, repeat('x', 1000) from generate_series(1, %d) n
                    """.formatted(size / 1000));
            // numbers that were given and whose rows are gone
            statement.execute("insert into account (name, created_at) values ('gone', now())");
            statement.execute("delete from account where name = 'gone'");
        }
        return java.util.List.of(inventory, facts, advisories);
    }

    private static Schema schema(Connection connection) throws SQLException {
        try {
            return Schema.read(connection);
        } catch (BackupException e) {
            throw new SQLException(e);
        }
    }

    /// Foreign keys point to the first row of the other table.
    private static void insert(Connection connection, String table, int copy, String object) throws SQLException {
        Map<String, String> references = new LinkedHashMap<>();
        for (var row : Schema.rows(connection, """
                select a.attname, 'select ' || quote_ident(b.attname) || ' from ' || k.confrelid::regclass || ' order by 1'
                from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
                where k.contype = 'f' and k.conrelid = '%s'::regclass
                """.formatted(Schema.quote(table)))) {
            references.put(row.get(0), row.get(1));
        }
        var names = new java.util.ArrayList<String>();
        var values = new java.util.ArrayList<String>();
        for (var column : Schema.rows(
                connection,
                "select column_name, data_type, udt_name from information_schema.columns where table_name = '" + table
                        + "' and table_schema = current_schema() and is_identity = 'NO' order by ordinal_position")) {
            var name = column.get(0);
            names.add(Schema.quote(name));
            if (references.containsKey(name)) {
                values.add("(" + references.get(name) + " offset " + copy + " limit 1)");
            } else if (name.equals("object") || (table.equals("image") && name.equals("inventory_object"))) {
                values.add("'" + object + "'");
            } else if (name.equals("valid_to") || name.equals("to_at")) {
                values.add("null");
            } else if (name.equals("state")) {
                values.add("'" + (copy == 0 ? "active" : "retired") + "'");
            } else {
                values.add(value(column.get(1), column.get(2), table, copy));
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("insert into " + Schema.quote(table) + " (" + String.join(", ", names) + ") values ("
                    + String.join(", ", values) + ")");
        }
    }

    private static String value(String type, String element, String table, int copy) {
        return switch (type) {
            case "text" -> "'" + table + " ü\t" + copy + "'";
            case "bytea" -> "'\\x00ff0a0" + copy + "'";
            case "boolean" -> copy == 0 ? "true" : "false";
            case "uuid" -> "'00000000-0000-0000-0000-00000000000" + copy + "'";
            case "date" -> "'2026-01-0" + (copy + 1) + "'";
            case "timestamp with time zone" -> "'2026-01-01T00:00:00.12345" + copy + "+02'";
            case "ARRAY" -> element.startsWith("_int") ? "'{1,2," + copy + "}'" : "'{\"a,b\",\"\\\\\\\"\",null}'";
            default -> Integer.toString(copy + 1);
        };
    }

    /// All rows of all tables as text, to compare.
    static Map<String, java.util.List<String>> content(Connection connection) throws SQLException {
        Map<String, java.util.List<String>> all = new LinkedHashMap<>();
        for (var table : schema(connection).tables().keySet()) {
            all.put(table, Schema.strings(connection, "select t::text from " + Schema.quote(table) + " t order by 1"));
        }
        return all;
    }
}
