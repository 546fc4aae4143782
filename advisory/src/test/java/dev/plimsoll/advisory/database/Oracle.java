package dev.plimsoll.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.advisory.build.DatabaseRows;
import dev.plimsoll.purl.Ecosystem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Holds the answers of {@link AdvisoryDatabase} against SQLite's, for keys drawn by lot and for keys that are not
/// there.
public final class Oracle {

    private Oracle() {}

    /// @param keys of each kind, at most
    public static void compare(Path file, AdvisoryDatabase database, int keys, long seed) throws SQLException {
        var random = new Random(seed);
        for (var key : drawn(file, "select distinct ecosystem || '|' || name from packages", keys, random)) {
            var bar = key.indexOf('|');
            for (var name : List.of(key.substring(bar + 1), key.substring(bar + 1) + "-", "")) {
                var ecosystem = Ecosystem.parse(key.substring(0, bar)).orElseThrow();
                assertThat(database.find(ecosystem, name))
                        .extracting(Oracle::line)
                        .as(ecosystem + " " + name)
                        .containsExactlyInAnyOrderElementsOf(DatabaseRows.query(
                                file,
                                "select a.id, a.feed, a.data, p.data from packages p join advisories a on a.number = p.advisory"
                                        + " where p.ecosystem = ? and p.name = ? and json_extract(a.data, '$.withdrawn') is null",
                                ecosystem.toString(),
                                name));
            }
        }
        for (var key : drawn(file, "select distinct name from names", keys, random)) {
            for (var id : List.of(key, key + "0", "")) {
                assertThat(database.named(id))
                        .extracting(advisory -> advisory.id() + "|" + advisory.feed() + "|" + AdvisoryText.of(advisory))
                        .as(id)
                        .containsExactlyInAnyOrderElementsOf(DatabaseRows.query(
                                file,
                                "select a.id, a.feed, a.data from names n join advisories a on a.number = n.advisory where n.name = ?",
                                id));
                assertThat(database.packagesOf(id))
                        .extracting(item -> item.affected().ecosystem() + "|"
                                + item.affected().name() + "|" + line(item))
                        .as(id)
                        .containsExactlyInAnyOrderElementsOf(DatabaseRows.query(
                                file,
                                "select p.ecosystem, p.name, a.id, a.feed, a.data, p.data from names n"
                                        + " join advisories a on a.number = n.advisory"
                                        + " join advisory_packages ap on ap.advisory = a.number"
                                        + " join packages p on p.ecosystem = ap.ecosystem and p.name = ap.name and p.advisory = a.number"
                                        + " where n.name = ?",
                                id));
            }
        }
        for (var cve : drawn(file, "select cve from known union select cve from probabilities", keys, random)) {
            var answer = database.exploitation(cve);
            assertThat(answer.known().map(known -> known.added() + "|" + known.ransomware()).stream())
                    .containsExactlyElementsOf(DatabaseRows.query(
                            file, "select added, iif(ransomware, 'true', 'false') from known where cve = ?", cve));
            assertThat(answer
                            .probability()
                            .map(chance -> chance.score().toPlainString() + "|"
                                    + chance.percentile().toPlainString())
                            .stream())
                    .containsExactlyElementsOf(
                            DatabaseRows.query(file, "select score, percentile from probabilities where cve = ?", cve));
        }
    }

    private static String line(PackageAdvisory item) {
        return item.advisory().id() + "|" + item.advisory().feed() + "|" + AdvisoryText.of(item.advisory()) + "|"
                + AdvisoryText.of(item.affected());
    }

    private static List<String> drawn(Path file, String sql, int most, Random random) throws SQLException {
        var all = DatabaseRows.query(file, sql + " order by 1");
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(most, all.size()));
    }
}
