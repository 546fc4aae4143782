package dev.plimsoll.inventory.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// A database with a write-ahead log, as SQLite writes both. It stays open, because closing empties the log.
public final class LoggedDatabase implements AutoCloseable {

    private final Path file;
    private final Connection connection;

    /// With a table `t` that is in the database itself.
    public LoggedDatabase(Path folder) throws SQLException {
        file = folder.resolve("logged.sqlite");
        connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        run("pragma journal_mode = wal");
        run("create table t (x blob)");
        run("pragma wal_checkpoint(truncate)");
    }

    public void run(String statement) throws SQLException {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    /// Writes more than memory holds, so that the log has pages before anything is committed, which nothing is.
    public void insertOpen() throws SQLException {
        run("pragma cache_size = 5");
        connection.setAutoCommit(false);
        for (int i = 0; i < 100; i++) {
            run("insert into t values (zeroblob(3000))");
        }
    }

    public byte[] log() throws IOException {
        return Files.readAllBytes(Path.of(file + WriteAheadLog.SUFFIX));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
