package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import dev.plimsoll.sqlite.SqliteFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The advisory file, read by look-ups; opening reads little more than its schema. Safe for several threads until it
/// is closed.
public final class AdvisoryDatabase implements AdvisorySource {

    /// Of the file's tables; a reader refuses other ones.
    public static final String FORMAT = "1";

    private final Path file;
    private final SqliteFile sqlite;
    private final Map<String, String> metadata = new TreeMap<>();

    private AdvisoryDatabase(Path file, SqliteFile sqlite) {
        this.file = file;
        this.sqlite = sqlite;
        if (!sqlite.hasTable("metadata")) {
            throw new AdvisoryException(file + " is a SQLite file, but no advisory database of Plimsoll");
        }
        sqlite.forEach("metadata", row -> {
            metadata.put(text(row, 0), text(row, 1));
            return true;
        });
        var format = metadata.getOrDefault("format", "");
        if (!format.equals(FORMAT)) {
            throw new AdvisoryException(file + " has the format '" + format + "', " + refusal(format));
        }
    }

    private static String refusal(String format) {
        if (!format.matches("[0-9]{1,9}")) {
            return "this version of Plimsoll reads '" + FORMAT + "': build or import a database of this version";
        }
        return Integer.parseInt(format) > Integer.parseInt(FORMAT)
                ? "which is newer than the '" + FORMAT
                        + "' that this version of Plimsoll reads: update Plimsoll, or build"
                        + " a database with this version"
                : "which is older than the '" + FORMAT
                        + "' that this version of Plimsoll reads: build or import a newer" + " database";
    }

    /// @throws AdvisoryException when there is no such file, or it is none that can be read
    public static AdvisoryDatabase open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AdvisoryException("there is no advisory database " + file
                    + ": make one with `plimsoll db build`, or name another with --db");
        }
        SqliteFile sqlite;
        try {
            sqlite = SqliteFile.open(file);
        } catch (IOException | SqliteException e) {
            throw new AdvisoryException("cannot read the advisory database " + file + ": " + e.getMessage(), e);
        }
        try {
            return new AdvisoryDatabase(file, sqlite);
        } catch (SqliteException e) {
            sqlite.close();
            throw new AdvisoryException("the advisory database " + file + " is damaged: " + e.getMessage(), e);
        } catch (AdvisoryException e) {
            sqlite.close();
            throw e;
        }
    }

    /// What the builder wrote down of the whole: `built`, `format`, `digest`, …
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /// Reads every row of the file.
    ///
    /// @return the digest of all rows
    /// @throws AdvisoryException when a place cannot be read, or another digest was written down at the build
    public String verifyContent() {
        return guarded(() -> {
            var found = ContentDigest.of(sqlite);
            var expected = metadata.get(ContentDigest.KEY);
            if (expected != null && !expected.equals(found)) {
                throw new AdvisoryException(
                        "the advisory database " + file + " is damaged: the digest of its contents is " + found
                                + ", the build wrote down " + expected + "; take or build it anew");
            }
            return found;
        });
    }

    /// Hands over every entry of the catalogue of known exploited vulnerabilities, in the order of the CVEs.
    public void forEachKnown(BiConsumer<String, Exploitation.Known> visitor) {
        guarded(() -> {
            sqlite.forEach("known", row -> {
                visitor.accept(
                        text(row, 0),
                        new Exploitation.Known(LocalDate.parse(text(row, 1)), day(text(row, 2)), row.integer(3) != 0));
                return true;
            });
            return true;
        });
    }

    /// For what compares whole tables.
    SqliteFile sqlite() {
        return sqlite;
    }

    /// The feeds that it was built from, sorted by name.
    public List<Source> sources() {
        return guarded(() -> {
            var sources = new ArrayList<Source>();
            sqlite.forEach("sources", row -> {
                sources.add(new Source(text(row, 0), row.integer(1), text(row, 2), row.integer(3), row.integer(4)));
                return true;
            });
            sources.sort(Comparator.comparing(Source::feed));
            return sources;
        });
    }

    /// One feed.
    ///
    /// @param version of its parser
    /// @param digest of its files
    /// @param records that it gave
    /// @param problems files or records that could not be read
    public record Source(String feed, long version, String digest, long records, long problems) {}

    @Override
    public List<PackageAdvisory> find(Ecosystem ecosystem, String name) {
        return guarded(() -> {
            var found = new ArrayList<PackageAdvisory>();
            sqlite.forEachWithKey("packages", List.of(ecosystem.toString(), name), row -> {
                var affected = AdvisoryText.affected(ecosystem, name, text(row, 4));
                var advisory = advisory(row.integer(2));
                if (advisory.withdrawn().isEmpty()) {
                    found.add(new PackageAdvisory(advisory, affected));
                }
                return true;
            });
            found.sort(Comparator.comparing(item -> item.advisory().id()));
            return found;
        });
    }

    @Override
    public List<Advisory> named(String id) {
        return guarded(() -> {
            var found = new ArrayList<Advisory>();
            numbers(id).forEach(number -> found.add(advisory(number)));
            found.sort(Comparator.comparing(Advisory::id));
            return found;
        });
    }

    @Override
    public List<PackageAdvisory> packagesOf(String id) {
        return guarded(() -> {
            var found = new ArrayList<PackageAdvisory>();
            for (var number : numbers(id)) {
                var advisory = advisory(number);
                sqlite.forEachWithKey("advisory_packages", List.of(number), row -> {
                    var ecosystem =
                            Ecosystem.parse(text(row, 1)).orElseThrow(() -> damaged("ecosystem " + text(row, 1)));
                    var name = text(row, 2);
                    sqlite.forEachWithKey("packages", List.of(ecosystem.toString(), name, number), item -> {
                        found.add(new PackageAdvisory(advisory, AdvisoryText.affected(ecosystem, name, text(item, 4))));
                        return true;
                    });
                    return true;
                });
            }
            found.sort(Comparator.<PackageAdvisory, String>comparing(
                            item -> item.advisory().id())
                    .thenComparing(item -> item.affected().ecosystem().toString())
                    .thenComparing(item -> item.affected().name()));
            return found;
        });
    }

    private List<Long> numbers(String id) {
        var numbers = new ArrayList<Long>();
        sqlite.forEachWithKey("names", List.of(id), row -> numbers.add(row.integer(1)));
        return numbers;
    }

    private Advisory advisory(long number) {
        var found = new Advisory[1];
        sqlite.row("advisories", number, row -> {
            found[0] = AdvisoryText.advisory(text(row, 1), text(row, 2), text(row, 3));
            return true;
        });
        if (found[0] == null) {
            throw damaged("advisory " + number);
        }
        return found[0];
    }

    @Override
    public Exploitation exploitation(String cve) {
        return guarded(() -> {
            var known = new Exploitation.Known[1];
            sqlite.forEachWithKey("known", List.of(cve), row -> {
                known[0] =
                        new Exploitation.Known(LocalDate.parse(text(row, 1)), day(text(row, 2)), row.integer(3) != 0);
                return false;
            });
            var probability = new Exploitation.Probability[1];
            sqlite.forEachWithKey("probabilities", List.of(cve), row -> {
                probability[0] = new Exploitation.Probability(
                        new BigDecimal(text(row, 1)), new BigDecimal(text(row, 2)), day(text(row, 3)));
                return false;
            });
            return new Exploitation(Optional.ofNullable(known[0]), Optional.ofNullable(probability[0]));
        });
    }

    @Override
    public ExploitationCoverage exploitationCoverage() {
        return guarded(() -> new ExploitationCoverage(hasRows("known"), hasRows("probabilities")));
    }

    private boolean hasRows(String table) {
        var found = new boolean[1];
        sqlite.forEach(table, _ -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    private static Optional<LocalDate> day(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    }

    @Override
    public Optional<Lifecycle> lifecycle(DistributionRelease release) {
        return guarded(() -> cycle(Products.of(release), release.release()));
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String version) {
        return guarded(() -> {
            for (int end = version.length(); end > 0; end = version.lastIndexOf('.', end - 1)) {
                var found = cycle(product, version.substring(0, end));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Lifecycle> cycle(String product, String name) {
        var found = new Lifecycle[1];
        sqlite.forEachWithKey("lifecycles", List.of(product, name), row -> {
            found[0] = new Lifecycle(
                    text(row, 0),
                    text(row, 1),
                    day(text(row, 2)),
                    row.integer(3) != 0,
                    LifecycleText.extension(text(row, 4)));
            return false;
        });
        return Optional.ofNullable(found[0]);
    }

    @Override
    public List<Coverage> coverage() {
        return guarded(() -> {
            var found = new ArrayList<Coverage>();
            sqlite.forEach("coverage", row -> {
                Ecosystem.parse(text(row, 0))
                        .ifPresent(ecosystem -> found.add(new Coverage(ecosystem, row.integer(1))));
                return true;
            });
            found.sort(Comparator.comparing(Coverage::ecosystem));
            return found;
        });
    }

    @Override
    public Optional<Instant> builtAt() {
        return guarded(() -> Optional.ofNullable(metadata.get("built")).map(Instant::parse));
    }

    @Override
    public List<String> digests() {
        return List.of(metadata.getOrDefault("digest", "unknown"));
    }

    @Override
    public void close() {
        sqlite.close();
    }

    private AdvisoryException damaged(String what) {
        return new AdvisoryException("the advisory database " + file + " is damaged at " + what + ": import it anew");
    }

    private <T> T guarded(java.util.function.Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (SqliteException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new AdvisoryException(
                    "the advisory database " + file + " is damaged: " + e.getMessage() + "; import it anew", e);
        }
    }

    private static String text(Row row, int column) {
        var text = row.text(column);
        return text == null ? "" : text;
    }
}
