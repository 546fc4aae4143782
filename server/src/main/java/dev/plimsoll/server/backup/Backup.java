package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/// Writes all that a service remembers into one file: the rows as they were at one instant, and the
/// objects that they name. The service may go on meanwhile. The key that opens the secrets is not in
/// it.
public final class Backup {

    private static final int ROWS_AT_ONCE = 1000;
    /// Of an object, before it is taken for damaged: a connection may have broken.
    private static final int READINGS = 2;

    private final Database.Address address;
    private final ObjectStore objects;
    private final String version;
    private final InstantSource clock;

    /// @param version of Plimsoll, written into the archive
    public Backup(Database.Address address, ObjectStore objects, String version, InstantSource clock) {
        this.address = address;
        this.objects = objects;
        this.version = version;
        this.clock = clock;
    }

    /// What was written.
    ///
    /// @param bytes of the archive
    /// @param missing objects that rows name and the store did not give: the backup is whole but for
    ///     them
    public record Summary(long tables, long rows, long objects, long bytes, List<String> missing) {

        public Summary {
            missing = List.copyOf(missing);
        }

        /// For people.
        public String text() {
            return rows + " rows of " + tables + " tables and " + objects + " objects, " + bytes + " bytes."
                    + (missing.isEmpty()
                            ? ""
                            : "\n" + missing.size()
                                    + " objects that rows name could not be read and are not in it, such as "
                                    + missing.getFirst() + ": `plimsoll server doctor` says more.")
                    + "\nThe key that opens the secrets is not in it (secret.key in the data folder, or what"
                    + " secret-key-file names): keep a copy of it elsewhere, without it credentials of registries and channels must be entered anew.";
        }
    }

    /// @param file made anew; it has its name only when it is whole and on disk
    /// @throws BackupException where the database or the disk fails
    public Summary write(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new BackupException(file + " is there already: name another file");
        }
        var scratch = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(scratch);
        try (var connection = Schema.connect(address)) {
            // secrets are sealed in it, names and addresses are not
            Files.createFile(
                    scratch, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Summary summary;
            try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
                try (var archive = new ArchiveWriter(
                        java.nio.channels.Channels.newOutputStream(channel),
                        clock.instant().getEpochSecond())) {
                    summary = write(connection, archive);
                }
                channel.force(true);
            }
            Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
            return new Summary(
                    summary.tables(), summary.rows(), summary.objects(), Files.size(file), summary.missing());
        } catch (SQLException e) {
            throw new BackupException("the database " + address + " cannot be read: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private Summary write(Connection connection, ArchiveWriter archive) throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        var schema = Schema.read(connection);
        var schemaVersion = Schema.version(connection)
                .orElseThrow(() -> new BackupException("the database " + address + " holds no data of this service"));
        var missing = new ArrayList<String>();
        var written = objects(connection, archive, missing);
        List<Manifest.Table> tables = new ArrayList<>();
        for (var table : schema.tables().entrySet()) {
            tables.add(table(connection, archive, table.getKey(), table.getValue()));
        }
        var manifest = new Manifest(
                version,
                schemaVersion,
                Schema.strings(connection, "show server_version").getFirst(),
                clock.instant(),
                tables,
                counters(connection, schema),
                written,
                missing.subList(0, Math.min(missing.size(), Manifest.MOST_MISSING)));
        archive.manifest(manifest.toJson());
        connection.rollback();
        return new Summary(
                tables.size(), tables.stream().mapToLong(Manifest.Table::rows).sum(), written.count(), 0, missing);
    }

    private Manifest.Objects objects(Connection connection, ArchiveWriter archive, List<String> missing)
            throws SQLException, IOException {
        var sum = Archive.sha256();
        long count = 0;
        long bytes = 0;
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery(ObjectReferences.query(connection))) {
                while (rows.next()) {
                    var digest = String.valueOf(rows.getString(1));
                    // read to its end before it is written: half an object in an archive damages all of it
                    if (!ObjectReferences.isDigest(digest) || !isWhole(digest)) {
                        missing.add(digest);
                        continue;
                    }
                    try (var in = open(digest);
                            var out = archive.part(Archive.OBJECTS + digest.substring(digest.indexOf(':') + 1))) {
                        bytes += in.transferTo(out);
                    }
                    count++;
                    sum.update((digest.substring(digest.indexOf(':') + 1) + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return new Manifest.Objects(count, bytes, HexFormat.of().formatHex(sum.digest()));
    }

    private InputStream open(String digest) throws IOException {
        return objects.read(digest).orElseThrow(() -> new BackupException("the object " + digest + " went away"));
    }

    /// A store that cannot be asked at all is no reason to leave its objects out, and throws.
    private boolean isWhole(String digest) throws IOException {
        for (var attempt = 1; attempt <= READINGS; attempt++) {
            try (var in = objects.read(digest).orElse(null)) {
                if (in == null) {
                    return false;
                }
                if (reads(in)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean reads(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Manifest.Table table(Connection connection, ArchiveWriter archive, String name, List<String> columns)
            throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try (var out = new ArchiveWriter.Measured(archive.part(Archive.TABLES + name))) {
            var rows = copy.copyOut("copy " + Schema.target(name, columns) + " to stdout", out);
            return new Manifest.Table(name, columns, rows, out.bytes(), out.digest());
        }
    }

    private static Map<String, Long> counters(Connection connection, Schema schema) throws SQLException {
        Map<String, Long> values = new HashMap<>();
        for (var counter : schema.counters().entrySet()) {
            for (var row : Schema.rows(connection, "select last_value, is_called from " + counter.getValue())) {
                if (row.get(1).equals("t")) {
                    values.put(counter.getKey(), Long.valueOf(row.get(0)));
                }
            }
        }
        return values;
    }
}
