package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/// Brings a backup into an empty database, of any version of PostgreSQL that the service lives on, and
/// its objects into the store. Nothing is changed before all of the archive was read and found to be
/// what was written; the rows come in one transaction.
public final class Restore {

    private final Database.Address address;
    private final ObjectStore objects;

    public Restore(Database.Address address, ObjectStore objects) {
        this.address = address;
        this.objects = objects;
    }

    /// @return what was restored
    /// @throws BackupException where the archive is damaged or made by a newer version, or the database
    ///     is not empty
    public Backup.Summary read(Path file) throws IOException {
        var archive = new Archive(file);
        var manifest = archive.verify();
        try (var connection = Schema.connect(address)) {
            prepare(connection, manifest, file);
            archive.read((name, content) -> {
                if (name.startsWith(Archive.OBJECTS)) {
                    var put = objects.put(content::transferTo);
                    if (!put.endsWith(name.substring(Archive.OBJECTS.length()))) {
                        throw archive.damaged("it changed while it was read");
                    }
                }
            });
            connection.setAutoCommit(false);
            rows(connection, archive, manifest);
            connection.commit();
        } catch (SQLException e) {
            throw new BackupException(
                    "the backup " + file + " cannot be restored into " + address + ", nothing was changed there: "
                            + e.getMessage(),
                    e);
        }
        migrate(Optional.empty());
        return new Backup.Summary(
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(Manifest.Table::rows).sum(),
                manifest.objects().count(),
                java.nio.file.Files.size(file),
                manifest.missing());
    }

    /// Gives an empty database the tables of the archive's version.
    private void prepare(Connection connection, Manifest manifest, Path file) throws SQLException, IOException {
        var newest = Arrays.stream(
                        Schema.flyway(address, Optional.empty()).info().all())
                .map(migration -> migration.getVersion())
                .filter(version -> version != null)
                .max(MigrationVersion::compareTo)
                .orElseThrow();
        var wanted = MigrationVersion.fromVersion(manifest.schema());
        if (wanted.compareTo(newest) > 0) {
            throw new BackupException("the backup " + file + " was made by Plimsoll " + manifest.plimsoll()
                    + ", which is newer (its tables have version " + wanted + ", this version knows " + newest
                    + "): restore it with that version");
        }
        var found = Schema.version(connection);
        if (found.isEmpty()) {
            var tables = Schema.read(connection).tables().keySet();
            if (!tables.isEmpty()) {
                throw notEmpty("it has a table '" + tables.iterator().next() + "'");
            }
            migrate(Optional.of(manifest.schema()));
        } else if (!MigrationVersion.fromVersion(found.get()).equals(wanted)) {
            throw notEmpty("its tables have version " + found.get() + " and those of the backup " + manifest.schema());
        }
    }

    private void migrate(Optional<String> target) throws BackupException {
        try {
            Schema.flyway(address, target).migrate();
        } catch (FlywayException e) {
            throw new BackupException(
                    "the tables of " + address + " cannot be brought to their version: " + e.getMessage(), e);
        }
    }

    private BackupException notEmpty(String why) {
        return new BackupException("the database " + address + " is not empty (" + why
                + "): a backup is restored into a new database only, nothing was changed");
    }

    private void rows(Connection connection, Archive archive, Manifest manifest) throws SQLException, IOException {
        var schema = Schema.read(connection);
        try (var statement = connection.createStatement()) {
            // nobody else writes from here on; a service that starts waits
            statement.execute("lock table "
                    + String.join(
                            ", ",
                            schema.tables().keySet().stream().map(Schema::quote).toList())
                    + " in access exclusive mode");
        }
        for (var table : schema.tables().keySet()) {
            if (Schema.strings(connection, "select exists (select 1 from " + Schema.quote(table) + ")")
                    .equals(List.of("t"))) {
                throw notEmpty("the table '" + table + "' has rows");
            }
        }
        Map<String, Manifest.Table> tables = new HashMap<>();
        manifest.tables().forEach(table -> tables.put(table.name(), table));
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        archive.read((name, content) -> {
            if (!name.startsWith(Archive.TABLES)) {
                return;
            }
            var table = tables.get(name.substring(Archive.TABLES.length()));
            if (table == null) {
                throw archive.damaged("it changed while it was read");
            }
            try {
                var rows = copy.copyIn("copy " + Schema.target(table.name(), table.columns()) + " from stdin", content);
                if (rows != table.rows()) {
                    throw archive.damaged(
                            "the table " + table.name() + " has " + rows + " rows instead of " + table.rows());
                }
            } catch (SQLException e) {
                throw new BackupException(
                        "the table " + table.name() + " cannot be restored into " + address
                                + ", nothing was changed there: " + e.getMessage(),
                        e);
            }
        });
        counters(connection, schema, manifest);
    }

    /// Numbers that were given once are not given again, even where their rows are gone.
    private static void counters(Connection connection, Schema schema, Manifest manifest) throws SQLException {
        for (var counter : manifest.counters().entrySet()) {
            var sequence = schema.counters().get(counter.getKey());
            if (sequence != null) {
                try (var statement = connection.prepareStatement("select setval(?::regclass, ?)")) {
                    statement.setString(1, sequence);
                    statement.setLong(2, counter.getValue());
                    statement.execute();
                }
            }
        }
    }
}
