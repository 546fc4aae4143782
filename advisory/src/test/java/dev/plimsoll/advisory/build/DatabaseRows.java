package dev.plimsoll.advisory.build;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads a built file with SQLite itself.
public final class DatabaseRows {

    private DatabaseRows() {}

    /// Every row of a table, columns joined by `|`.
    public static List<String> of(Path file, String table) throws SQLException {
        return query(file, "select * from " + table);
    }

    public static List<String> query(Path file, String sql, Object... values) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                var columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    var row = new ArrayList<String>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(String.valueOf(rows.getString(column)));
                    }
                    found.add(String.join("|", row));
                }
            }
            return found;
        }
    }

    public static void change(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
