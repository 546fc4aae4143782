package dev.plimsoll.inventory.nix;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.database.DatabaseContent;
import dev.plimsoll.inventory.database.WriteAheadLog;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the database of Nix says of the paths of its store: digest of the archive, the derivation that built it, what
/// it refers to. The packages themselves are found by the paths that lie in the image.
///
/// Source: Nix, `src/libstore/schema.sql`: ValidPaths and Refs. A digest is that of the path's NAR. Stateless: one
/// instance serves all threads.
public final class NixDatabaseAnalyzer implements Analyzer {

    /// In rows of ValidPaths; large systems have some twenty thousand.
    static final int MAX_PATHS = 200_000;

    /// In rows of Refs; large systems have some two hundred thousand.
    static final int MAX_REFERENCES = 2_000_000;

    private static final String PATHS = "ValidPaths";
    private static final String REFERENCES = "Refs";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "nix-database",
                    1,
                    "Nix",
                    WantedPaths.of("nix/var/nix/db/{db.sqlite,db.sqlite-wal}")
                            .when((path, _, size) -> !isLog(path) || size >= WriteAheadLog.LEAST, ""))
            .gives("digest, deriver, dependencies")
            .limit("a database", DatabaseContent.MAX_BYTES, "bytes")
            .limit("a database", MAX_PATHS, "paths")
            .limit("a database", MAX_REFERENCES, "references")
            .source("Nix, schema.sql")
            .proof("nix-store");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    private static boolean isLog(String path) {
        return path.endsWith(WriteAheadLog.SUFFIX);
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (isLog(file.path())) {
            WriteAheadLog.read(file, facts);
            return;
        }
        var content = DatabaseContent.read(file.content(), facts);
        if (content.isEmpty()) {
            return;
        }
        try (var database = content.get();
                var sqlite = SqliteFile.of(database.bytes())) {
            var paths = paths(sqlite, facts);
            references(sqlite, paths, facts);
        } catch (SqliteException e) {
            facts.unknown("", "the database is damaged, the rest was not read: " + e.getMessage());
        }
    }

    /// The packages among the paths, by row id.
    private static Map<Long, StorePath> paths(SqliteFile sqlite, FactSink facts) {
        Map<Long, StorePath> paths = new HashMap<>();
        if (!sqlite.hasTable(PATHS)) {
            facts.unknown("", "it has no table " + PATHS);
            return paths;
        }
        var columns = sqlite.columns(PATHS);
        var path = columns.indexOf("path");
        var hash = columns.indexOf("hash");
        var deriver = columns.indexOf("deriver");
        var count = new int[1];
        sqlite.forEach(PATHS, row -> {
            if (++count[0] > MAX_PATHS) {
                facts.unknown("", "over " + MAX_PATHS + " paths; the rest was not read");
                return false;
            }
            text(row, path)
                    .filter(text -> text.startsWith("/"))
                    .map(text -> text.substring(1))
                    .flatMap(StorePath::of)
                    .ifPresent(found -> {
                        paths.put(row.rowid(), found);
                        Map<PackageProperty, String> properties = new TreeMap<>();
                        text(row, hash)
                                .filter(text -> text.matches("sha256:[0-9a-f]{64}"))
                                .ifPresent(text -> properties.put(PackageProperty.DIGEST, text));
                        text(row, deriver).ifPresent(text -> properties.put(PackageProperty.DERIVER, text));
                        facts.add(new Fact.Properties(
                                PackageType.NIX, found.path(), ListedPackages.properties(properties)));
                    });
            return true;
        });
        return paths;
    }

    private static Optional<String> text(Row row, int column) {
        return column >= 0 && row.kind(column) == Row.Kind.TEXT
                ? Optional.ofNullable(row.text(column))
                : Optional.empty();
    }

    private static void references(SqliteFile sqlite, Map<Long, StorePath> paths, FactSink facts) {
        if (!sqlite.hasTable(REFERENCES)) {
            facts.unknown("", "it has no table " + REFERENCES);
            return;
        }
        var columns = sqlite.columns(REFERENCES);
        var from = columns.indexOf("referrer");
        var to = columns.indexOf("reference");
        if (from < 0 || to < 0) {
            facts.unknown("", "its table " + REFERENCES + " has no columns referrer and reference");
            return;
        }
        Map<String, TreeSet<String>> needed = new TreeMap<>();
        var count = new int[1];
        sqlite.forEach(REFERENCES, row -> {
            if (++count[0] > MAX_REFERENCES) {
                facts.unknown("", "over " + MAX_REFERENCES + " references; the rest was not read");
                return false;
            }
            var referrer = paths.get(row.integer(from));
            var reference = paths.get(row.integer(to));
            if (referrer != null && reference != null && !referrer.equals(reference)) {
                needed.computeIfAbsent(referrer.path(), _ -> new TreeSet<>())
                        .add(reference.name() + "@" + reference.version());
            }
            return true;
        });
        needed.forEach((path, names) -> facts.add(new Fact.Dependencies(PackageType.NIX, path, List.copyOf(names))));
    }
}
