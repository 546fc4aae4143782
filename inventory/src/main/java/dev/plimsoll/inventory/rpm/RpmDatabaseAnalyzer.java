package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Packages that rpm recorded as installed, in its database of the kind `sqlite`: a table `Packages` of header
/// numbers and headers.
///
/// Source: rpm's manual, "Database"; the folders are those of rpm, of Fedora and SUSE, and of ostree. The database's
/// write-ahead log is another file, and rpm empties it when it closes the database: the main file is read alone, and
/// a log with anything in it is an unknown of its own. So are databases of the older kinds: an image that has one
/// must not look like an image without packages. Stateless: one instance serves all threads.
public final class RpmDatabaseAnalyzer implements Analyzer {

    private static final String DATABASE = "rpmdb.sqlite";
    private static final String LOG = "rpmdb.sqlite-wal";
    private static final String BERKELEY = "Packages";
    private static final String NDB = "Packages.db";
    private static final String TABLE = "Packages";

    /// In bytes: header, frame header and the smallest page; a shorter log holds nothing.
    private static final int LEAST_LOG = 32 + 24 + 512;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rpm-database",
                    1,
                    "rpm",
                    WantedPaths.of(
                                    "{var/lib,usr/lib/sysimage,usr/share}/rpm/{rpmdb.sqlite,rpmdb.sqlite-wal,Packages,Packages.db}")
                            .when(RpmDatabaseAnalyzer::holdsSomething, ""))
            .yields(PackageType.RPM)
            .gives("epoch (none is not 0), source rpm, architecture, modularity, owned files, licence")
            .source("rpm, lib/backend; rpm-headers")
            .proof("rpm");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    private static boolean holdsSomething(String path, int mode, long size) {
        return switch (name(path)) {
            case DATABASE -> true; // an empty one is damaged
            case LOG -> size >= LEAST_LOG;
            default -> size > 0;
        };
    }

    /// The name of a file in one of the folders, empty for other files.
    private static String name(String path) {
        for (var folder : PackageDatabases.RPM_FOLDERS) {
            if (path.startsWith(folder)) {
                return path.substring(folder.length());
            }
        }
        return "";
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        switch (name(file.path())) {
            case LOG ->
                facts.unknown("", "it may hold changes that are not in " + DATABASE + " yet; they were not read");
            case BERKELEY -> facts.unknown("", "rpm databases of the kind Berkeley DB are not read");
            case NDB -> facts.unknown("", "rpm databases of the kind ndb are not read");
            default -> {
                var content = DatabaseContent.read(file.content(), facts);
                if (content.isPresent()) {
                    try (var database = content.get()) {
                        analyze(database.bytes(), facts);
                    }
                }
            }
        }
    }

    private static void analyze(MemorySegment database, FactSink facts) {
        var collector = new HeaderCollector(facts);
        try (var sqlite = SqliteFile.of(database)) {
            if (!sqlite.hasTable(TABLE)) {
                facts.unknown("", "it has no table " + TABLE);
                return;
            }
            var columns = sqlite.columns(TABLE);
            var number = columns.indexOf("hnum");
            var blob = columns.indexOf("blob");
            if (number < 0 || blob < 0) {
                facts.unknown("", "its table " + TABLE + " has no columns hnum and blob");
                return;
            }
            sqlite.forEach(TABLE, row -> {
                var place = "header " + row.integer(number);
                var header = row.kind(blob) == Row.Kind.BLOB ? row.blob(blob) : null;
                if (header == null) {
                    facts.unknown(place, "it is no header");
                    return true;
                }
                return collector.accept(place, header);
            });
        } catch (SqliteException e) {
            facts.unknown("", "the database is damaged, the rest was not read: " + e.getMessage());
        }
    }
}
