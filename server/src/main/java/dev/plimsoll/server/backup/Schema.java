package dev.plimsoll.server.backup;

import dev.plimsoll.server.store.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;

/// The tables of the service as a database has them.
///
/// @param tables with their columns, each after those that it refers to; without the list of migrations
/// @param counters of identity columns, by `table.column`
record Schema(Map<String, List<String>> tables, Map<String, String> counters) {

    /// The list of migrations.
    static final String HISTORY = "flyway_schema_history";

    private static final String MIGRATIONS = "classpath:dev/plimsoll/server/store/migrations";

    Schema {
        tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        counters = Map.copyOf(counters);
    }

    static Flyway flyway(Database.Address address, Optional<String> target) {
        var configuration = Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .locations(MIGRATIONS);
        target.ifPresent(configuration::target);
        return configuration.load();
    }

    /// A connection without time limits, whose texts mean the same on every server.
    static Connection connect(Database.Address address) throws BackupException {
        try {
            var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
                        set bytea_output = 'hex'; set extra_float_digits = 1; set statement_timeout = 0;
                        set lock_timeout = 0; set idle_in_transaction_session_timeout = 0
                        """);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            throw new BackupException("the database " + address + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /// The version that the migrations brought it to.
    ///
    /// @return empty where there is none
    static Optional<String> version(Connection connection) throws SQLException {
        if (strings(connection, "select to_regclass('" + HISTORY + "') is not null")
                .equals(List.of("f"))) {
            return Optional.empty();
        }
        return strings(
                        connection,
                        "select version from " + HISTORY
                                + " where success and version is not null order by installed_rank desc limit 1")
                .stream()
                .findFirst();
    }

    /// @throws BackupException where tables refer to each other in a circle
    static Schema read(Connection connection) throws SQLException, BackupException {
        Map<String, List<String>> columns = new TreeMap<>();
        for (var row : rows(connection, """
                select c.table_name, c.column_name
                from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                  and c.is_generated = 'NEVER' and c.table_name <> 'flyway_schema_history'
                order by c.table_name, c.ordinal_position
                """)) {
            columns.computeIfAbsent(row.get(0), _ -> new ArrayList<>()).add(row.get(1));
        }
        Map<String, Set<String>> parents = new HashMap<>();
        for (var row : rows(connection, """
                select a.relname, b.relname
                from pg_constraint k
                join pg_class a on a.oid = k.conrelid
                join pg_class b on b.oid = k.confrelid
                where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and a.oid <> b.oid
                """)) {
            parents.computeIfAbsent(row.get(0), _ -> new TreeSet<>()).add(row.get(1));
        }
        Map<String, String> counters = new HashMap<>();
        for (var row : rows(connection, """
                select table_name || '.' || column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
                from information_schema.columns
                where table_schema = current_schema() and is_identity = 'YES'
                """)) {
            counters.put(row.get(0), row.get(1));
        }
        return new Schema(ordered(columns, parents), counters);
    }

    private static Map<String, List<String>> ordered(
            Map<String, List<String>> columns, Map<String, Set<String>> parents) throws BackupException {
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        while (ordered.size() < columns.size()) {
            var before = ordered.size();
            for (var table : columns.entrySet()) {
                if (!ordered.containsKey(table.getKey())
                        && ordered.keySet().containsAll(parents.getOrDefault(table.getKey(), Set.of()))) {
                    ordered.put(table.getKey(), table.getValue());
                }
            }
            if (ordered.size() == before) {
                throw new BackupException("the tables of the database refer to each other in a circle: "
                        + String.join(", ", columns.keySet()));
            }
        }
        return ordered;
    }

    /// `table (column, …)`, quoted.
    static String target(String table, List<String> columns) {
        var quoted = columns.stream().map(Schema::quote).toList();
        return quote(table) + " (" + String.join(", ", quoted) + ")";
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static List<String> strings(Connection connection, String query) throws SQLException {
        return rows(connection, query).stream().map(List::getFirst).toList();
    }

    /// Nulls as empty texts.
    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var row = new String[width];
                for (var i = 0; i < width; i++) {
                    var value = rows.getString(i + 1);
                    row[i] = value == null ? "" : value;
                }
                all.add(Arrays.asList(row));
            }
        }
        return all;
    }
}
