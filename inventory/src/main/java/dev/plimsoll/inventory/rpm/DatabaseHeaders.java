package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.database.DatabaseContent;
import dev.plimsoll.inventory.database.WriteAheadLog;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The headers that lie in the database files of rpm, of whichever kind: SQLite, Berkeley DB, ndb.
///
/// Source: rpm's manual, "Database"; the folders are those of rpm, of Fedora and SUSE, and of ostree. SQLite's
/// write-ahead log is another file, see {@link WriteAheadLog}.
final class DatabaseHeaders {

    static final WantedPaths PLACES = WantedPaths.of(
                    "{var/lib,usr/lib/sysimage,usr/share}/rpm/{rpmdb.sqlite,rpmdb.sqlite-wal,Packages,Packages.db}")
            .when(DatabaseHeaders::holdsSomething, "");

    private static final String LOG = "rpmdb.sqlite-wal";
    private static final String BERKELEY = "Packages";
    private static final String NDB = "Packages.db";
    private static final String TABLE = "Packages";

    private DatabaseHeaders() {}

    private static boolean holdsSomething(String path, int mode, long size) {
        return switch (name(path)) {
            case LOG -> size >= WriteAheadLog.LEAST;
            case BERKELEY, NDB -> size > 0;
            default -> true; // SQLite's own is never empty, so that an empty one is damaged
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

    /// Hands over every header; what is wrong with the database becomes unknowns.
    static void read(LayerFile file, HeaderTaker taker, FactSink facts) throws IOException {
        var name = name(file.path());
        if (name.equals(LOG)) {
            WriteAheadLog.read(file, facts);
            return;
        }
        var content = DatabaseContent.read(file.content(), facts);
        if (content.isEmpty()) {
            return;
        }
        try (var database = content.get()) {
            switch (name) {
                case BERKELEY -> BerkeleyFile.read(database.bytes(), taker, facts);
                case NDB -> NdbFile.read(database.bytes(), taker, facts);
                default -> readSqlite(database.bytes(), taker, facts);
            }
        } catch (DamagedDatabaseException e) {
            facts.unknown("", "the database is damaged, the rest was not read: " + e.getMessage());
        }
    }

    private static void readSqlite(MemorySegment database, HeaderTaker taker, FactSink facts)
            throws DamagedDatabaseException {
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
                return taker.accept(place, header);
            });
        } catch (SqliteException e) {
            throw new DamagedDatabaseException(String.valueOf(e.getMessage()));
        }
    }
}
