package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.LayerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// Builds databases as rpm makes them, with SQLite itself.
public final class RpmDatabase {

    static final String PATH = "var/lib/rpm/rpmdb.sqlite";

    private final List<byte[]> headers = new ArrayList<>();

    private RpmDatabase() {}

    static RpmDatabase rpmDatabase() {
        return new RpmDatabase();
    }

    RpmDatabase with(HeaderBytes... more) {
        for (var header : more) {
            headers.add(header.build());
        }
        return this;
    }

    RpmDatabase with(byte[] header) {
        headers.add(header);
        return this;
    }

    /// A database with one package that has an epoch, a modularity label and a file.
    public static byte[] ofModularPackage(Path folder) {
        try {
            return rpmDatabase()
                    .with(HeaderBytes.ofPackage("perl-libs", "5.32.1", "481.el9")
                            .numbers(RpmHeader.EPOCH, 4)
                            .text(RpmHeader.MODULARITY_LABEL, "perl:5.32:1:abc")
                            .files("/usr/lib64/", "libperl.so"))
                    .build(folder);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("a new database in a new folder", e);
        }
    }

    /// Header numbers begin at 1.
    byte[] build(Path folder) throws SQLException, IOException {
        return addedTo(Files.createTempDirectory(folder, "rpm").resolve("rpmdb.sqlite"));
    }

    /// Adds to a database that may be there.
    byte[] addedTo(Path file) throws SQLException, IOException {
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("insert into Packages (blob) values (?)")) {
                for (var header : headers) {
                    insert.setBytes(1, header);
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
        return Files.readAllBytes(file);
    }

    RecordedFacts analyzed(Path folder) throws SQLException, IOException {
        return analyze(PATH, build(folder));
    }

    static RecordedFacts analyze(String path, byte[] content) throws IOException {
        var facts = new RecordedFacts();
        new RpmDatabaseAnalyzer()
                .analyze(new LayerFile(path, 0644, content.length, new ByteArrayInputStream(content)), facts);
        return facts;
    }
}
