package dev.plimsoll.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.database.DatabaseDifference.Kind;
import dev.plimsoll.purl.Ecosystem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseDifferenceTest {

    @TempDir
    private Path folder;

    private int count;

    private static final Map<String, String> BEFORE = Map.of(
            "ghsa/GHSA-1.json", record("GHSA-1", "CVE-2025-1001", "stays", "2.0.0"),
            "ghsa/GHSA-2.json", record("GHSA-2", "CVE-2025-1002", "changes", "2.0.0"),
            "ghsa/GHSA-3.json", record("GHSA-3", "CVE-2025-1003", "goes", "2.0.0"),
            "kev/known.json", known("CVE-2025-1001"),
            "epss/scores.csv", "#score_date:2026-01-01T00:00:00+0000\nCVE-2025-1001,0.2,0.5\nCVE-2025-1002,0.4,0.5\n",
            "eol/products/debian.md", "---\nreleases:\n  - releaseCycle: \"12\"\n    eol: 2026-06-10\n---\n");

    private static String record(String id, String alias, String name, String fixed) {
        return """
                {"id": "%s", "aliases": ["%s"], "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                 "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}""".formatted(id, alias, name, fixed);
    }

    private static String known(String cve) {
        return "{\"vulnerabilities\": [{\"cveID\": \"" + cve + "\", \"dateAdded\": \"2026-01-01\"}]}";
    }

    private AdvisoryDatabase build(Map<String, String> files) throws IOException {
        var feeds = Files.createDirectory(folder.resolve("feeds" + count++));
        for (var file : files.entrySet()) {
            var place = feeds.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        var out = folder.resolve("database" + count);
        // the time of the build makes no difference
        DatabaseBuilder.build(feeds, out, Instant.ofEpochSecond(count), _ -> {});
        return AdvisoryDatabase.open(out);
    }

    private DatabaseDifference difference(Map<String, String> before, Map<String, String> after) throws IOException {
        try (var former = build(before);
                var next = build(after)) {
            return DatabaseDifference.of(former, next, List.of(new BigDecimal("0.1"), new BigDecimal("0.5")));
        }
    }

    @Test
    void theSameRecordsDoNotDiffer() throws IOException {
        assertThat(difference(BEFORE, BEFORE).isEmpty()).isTrue();
    }

    @Test
    void tellsNamesAndIdsOfRecordsThatDiffer() throws IOException {
        var after = new TreeMap<>(BEFORE);
        after.remove("ghsa/GHSA-3.json");
        after.put("ghsa/GHSA-2.json", record("GHSA-2", "CVE-2025-1002", "changes", "2.0.1"));
        // sorted before all others, so that every record has another number
        after.put("ghsa/GHSA-0.json", record("GHSA-0", "CVE-2025-1000", "comes", "2.0.0"));
        var difference = difference(BEFORE, after);
        assertThat(difference.packages().stream().map(each -> each.kind() + " " + each.name()))
                .containsExactly("CHANGED changes", "ADDED comes", "WITHDRAWN goes");
        assertThat(difference.packages().getFirst().kind()).isEqualTo(Kind.CHANGED);
        // where only a package of a record changed, the record itself says the same
        assertThat(difference.ids()).containsExactlyInAnyOrder("GHSA-0", "CVE-2025-1000", "GHSA-3", "CVE-2025-1003");
        assertThat(difference.known()).isEmpty();
        assertThat(difference.coverage()).isEmpty();
    }

    @Test
    void tellsWhatIsKnownOfExploitation() throws IOException {
        var after = new TreeMap<>(BEFORE);
        after.put("kev/known.json", known("CVE-2025-1002"));
        after.put(
                "epss/scores.csv",
                "#score_date:2026-01-02T00:00:00+0000\nCVE-2025-1001,0.3,0.5\nCVE-2025-1002,0.5,0.5\nCVE-2025-1003,0.05,0.5\n");
        var difference = difference(BEFORE, after);
        assertThat(difference.known()).containsOnlyKeys("CVE-2025-1001", "CVE-2025-1002");
        var gone = java.util.Objects.requireNonNull(difference.known().get("CVE-2025-1001"));
        assertThat(gone.before()).isPresent();
        assertThat(gone.now()).isEmpty();
        assertThat(difference.crossed()).containsExactly("CVE-2025-1002");
        assertThat(difference.exploitationCoverage()).isFalse();
        after.remove("kev/known.json");
        assertThat(difference(BEFORE, after).exploitationCoverage()).isTrue();
    }

    @Test
    void tellsLifeCyclesAndWhatIsCovered() throws IOException {
        var after = new TreeMap<>(BEFORE);
        after.put("eol/products/debian.md", "---\nreleases:\n  - releaseCycle: \"12\"\n    eol: 2028-06-10\n---\n");
        after.put(
                "ghsa/GHSA-4.json",
                record("GHSA-4", "CVE-2025-1004", "requests", "2.0.0").replace("\"npm\"", "\"PyPI\""));
        var difference = difference(BEFORE, after);
        assertThat(difference.lifecycles()).containsExactly("debian");
        assertThat(difference.coverage())
                .containsExactly(Ecosystem.parse("pypi").orElseThrow());
    }
}
