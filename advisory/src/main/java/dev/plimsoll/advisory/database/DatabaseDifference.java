package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one advisory file says that another does not: where to look when the second takes the place of the first.
///
/// Memory grows with what differs, and by eight bytes for each record of the former file.
///
/// @param packages names whose records are others, sorted
/// @param ids every id and alias of an advisory that is only in one of the files; what was found under such an id may
///     read differently although no record of the package itself changed: a score that another source gave
/// @param known entries of the catalogue of exploited vulnerabilities that are others, by CVE
/// @param crossed CVEs whose probability is now on another side of a threshold
/// @param lifecycles products of which a life cycle is another
/// @param coverage ecosystems that have records in one of the files only
/// @param exploitationCoverage whether one of them has data on exploitation of a sort that the other has none of
public record DatabaseDifference(
        List<PackageChange> packages,
        Set<String> ids,
        Map<String, KnownChange> known,
        Set<String> crossed,
        Set<String> lifecycles,
        Set<Ecosystem> coverage,
        boolean exploitationCoverage) {

    public DatabaseDifference {
        packages = List.copyOf(packages);
        ids = Set.copyOf(ids);
        known = Map.copyOf(known);
        crossed = Set.copyOf(crossed);
        lifecycles = Set.copyOf(lifecycles);
        coverage = Set.copyOf(coverage);
    }

    /// Whether the two say the same, thresholds aside.
    public boolean isEmpty() {
        return packages.isEmpty()
                && ids.isEmpty()
                && known.isEmpty()
                && crossed.isEmpty()
                && lifecycles.isEmpty()
                && coverage.isEmpty()
                && !exploitationCoverage;
    }

    /// The records under one name are others.
    public record PackageChange(Ecosystem ecosystem, String name, Kind kind) {}

    /// What became of a name.
    public enum Kind {
        /// It had no records before.
        ADDED,
        CHANGED,
        /// It has none any more.
        WITHDRAWN
    }

    /// An entry before and now; one of them may be empty, never both.
    public record KnownChange(Optional<Exploitation.Known> before, Optional<Exploitation.Known> now) {}

    /// Compares all of two files.
    ///
    /// @param thresholds of EPSS scores that matter, 0 to 1: a score that equals one is above it
    /// @throws AdvisoryException when one of them cannot be read
    public static DatabaseDifference of(AdvisoryDatabase former, AdvisoryDatabase next, List<BigDecimal> thresholds) {
        try {
            return new DatabaseDifference(
                    packages(former, next),
                    ids(former, next),
                    known(former, next),
                    crossed(former, next, thresholds),
                    lifecycles(former, next),
                    coverage(former, next),
                    !former.exploitationCoverage().equals(next.exploitationCoverage()));
        } catch (SqliteException | IllegalArgumentException e) {
            throw new AdvisoryException(
                    "two advisory databases cannot be compared, one is damaged: " + e.getMessage() + "; take it anew",
                    e);
        }
    }

    private static List<PackageChange> packages(AdvisoryDatabase former, AdvisoryDatabase next) {
        var kinds = new TreeMap<Ecosystem, Map<String, Kind>>();
        RowDifference.of(
                former.sqlite(),
                next.sqlite(),
                "package_digests",
                0,
                row -> kinds.computeIfAbsent(ecosystem(row), _ -> new TreeMap<>())
                        .put(text(row, 1), Kind.WITHDRAWN),
                row -> kinds.computeIfAbsent(ecosystem(row), _ -> new TreeMap<>())
                        .merge(text(row, 1), Kind.ADDED, (_, _) -> Kind.CHANGED));
        var changes = new ArrayList<PackageChange>();
        kinds.forEach((ecosystem, names) ->
                names.forEach((name, kind) -> changes.add(new PackageChange(ecosystem, name, kind))));
        return changes;
    }

    private static Ecosystem ecosystem(Row row) {
        return Ecosystem.parse(text(row, 0)).orElseThrow(() -> new SqliteException("ecosystem '" + text(row, 0) + "'"));
    }

    private static Set<String> ids(AdvisoryDatabase former, AdvisoryDatabase next) {
        var ids = new TreeSet<String>();
        RowDifference.Visitor visitor = row -> {
            var advisory = AdvisoryText.advisory(text(row, 1), text(row, 2), text(row, 3));
            ids.add(advisory.id());
            ids.addAll(advisory.aliases());
        };
        // their numbers are others in each file
        RowDifference.of(former.sqlite(), next.sqlite(), "advisories", 1, visitor, visitor);
        return ids;
    }

    private static Map<String, KnownChange> known(AdvisoryDatabase former, AdvisoryDatabase next) {
        var changes = new TreeMap<String, KnownChange>();
        RowDifference.Visitor visitor = row -> changes.computeIfAbsent(
                text(row, 0),
                cve -> new KnownChange(
                        former.exploitation(cve).known(), next.exploitation(cve).known()));
        RowDifference.of(former.sqlite(), next.sqlite(), "known", 0, visitor, visitor);
        return changes;
    }

    private static Set<String> crossed(AdvisoryDatabase former, AdvisoryDatabase next, List<BigDecimal> thresholds) {
        var crossed = new TreeSet<String>();
        RowDifference.Visitor visitor = row -> {
            var cve = text(row, 0);
            if (reached(former, cve, thresholds) != reached(next, cve, thresholds)) {
                crossed.add(cve);
            }
        };
        RowDifference.of(former.sqlite(), next.sqlite(), "probabilities", 0, visitor, visitor);
        return crossed;
    }

    /// How many of the thresholds the score has reached.
    private static long reached(AdvisoryDatabase database, String cve, List<BigDecimal> thresholds) {
        return database.exploitation(cve)
                .probability()
                .map(found -> thresholds.stream()
                        .filter(threshold -> found.score().compareTo(threshold) >= 0)
                        .count())
                .orElse(0L);
    }

    private static Set<String> lifecycles(AdvisoryDatabase former, AdvisoryDatabase next) {
        var products = new TreeSet<String>();
        RowDifference.Visitor visitor = row -> products.add(text(row, 0));
        RowDifference.of(former.sqlite(), next.sqlite(), "lifecycles", 0, visitor, visitor);
        return products;
    }

    private static Set<Ecosystem> coverage(AdvisoryDatabase former, AdvisoryDatabase next) {
        var before = new TreeSet<Ecosystem>();
        former.coverage().forEach(each -> before.add(each.ecosystem()));
        var differing = new TreeSet<Ecosystem>();
        next.coverage().forEach(each -> {
            if (!before.remove(each.ecosystem())) {
                differing.add(each.ecosystem());
            }
        });
        differing.addAll(before);
        return differing;
    }

    private static String text(Row row, int column) {
        var text = row.text(column);
        return text == null ? "" : text;
    }
}
