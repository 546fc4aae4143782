package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Packages that rpm recorded in a SQLite database. A write-ahead log beside it is another file of the layer and is not read: rpm empties it when it closes.
///
/// Source: rpm, `lib/backend/sqlite.c`: table `Packages(hnum, blob)`. Stateless: one instance serves all threads.
public final class RpmDatabaseAnalyzer implements Analyzer {

    private static final AnalyzerId ID = new AnalyzerId("rpm-sqlite", 1);
    private static final WantedPaths WANTED = WantedPaths.exactly(
            "var/lib/rpm/rpmdb.sqlite", "usr/lib/sysimage/rpm/rpmdb.sqlite", "usr/share/rpm/rpmdb.sqlite");

    private static final String TABLE = "Packages";

    /// In bytes; larger databases go through one temporary file.
    static final int IN_MEMORY = 16 << 20;

    /// In bytes; the databases of full desktops have about 300 million.
    static final long MAX_DATABASE = 2L << 30;

    /// In packages.
    static final int MAX_PACKAGES = 200_000;

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public WantedPaths wanted() {
        return WANTED;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (file.size() > MAX_DATABASE) {
            facts.unknown("", "a database over " + MAX_DATABASE + " bytes");
            return;
        }
        if (file.size() <= IN_MEMORY) {
            var bytes = file.content().readNBytes(IN_MEMORY);
            read(() -> SqliteFile.of(MemorySegment.ofArray(bytes)), facts);
            return;
        }
        var spill = Files.createTempFile("plimsoll-", ".sqlite");
        try {
            try (var out = Files.newOutputStream(spill)) {
                file.content().transferTo(out);
            }
            read(() -> opened(spill), facts);
        } finally {
            Files.deleteIfExists(spill);
        }
    }

    private static SqliteFile opened(Path file) {
        try {
            return SqliteFile.open(file);
        } catch (IOException e) {
            throw new SqliteException("cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void read(java.util.function.Supplier<SqliteFile> opening, FactSink facts) {
        try (var database = opening.get()) {
            if (!database.hasTable(TABLE)) {
                facts.unknown("", "a SQLite database without rpm's table " + TABLE);
                return;
            }
            var columns = database.columns(TABLE);
            var number = columns.indexOf("hnum");
            var blob = columns.indexOf("blob");
            if (blob < 0) {
                facts.unknown("", "rpm's table " + TABLE + " without its column blob");
                return;
            }
            var count = new int[1];
            database.forEach(TABLE, row -> {
                if (++count[0] > MAX_PACKAGES) {
                    facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
                    return false;
                }
                row(row, number, blob, facts);
                return true;
            });
        } catch (SqliteException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static void row(Row row, int number, int blob, FactSink facts) {
        var place = "package " + (number < 0 ? row.rowid() : row.integer(number));
        var bytes = row.blob(blob);
        var header = bytes == null ? Optional.<RpmHeader>empty() : RpmHeader.read(bytes);
        if (header.isEmpty()) {
            facts.unknown(place, "not a header of rpm");
            return;
        }
        switch (RpmPackage.of(header.get())) {
            case RpmPackage.Reading.Found(var item) -> facts.add(item);
            case RpmPackage.Reading.Key() -> {}
            case RpmPackage.Reading.Incomplete(var reason) -> facts.unknown(place, reason);
        }
    }
}
