package dev.plimsoll.advisory.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.database.Oracle;
import dev.plimsoll.advisory.feed.RecordingSink;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One database of all real feeds: nothing of them is lost, and it says what they say. What the feeds hold is counted
/// here by other means: lines and names of files.
final class RealFeedsTest {

    private static final Path FEEDS = Path.of(System.getProperty("plimsoll.root", ".."), "..", "shared", "feeds")
            .normalize();

    @TempDir
    private static Path folder;

    private static DatabaseBuilder.Built built;
    private static AdvisoryDatabase database;

    @BeforeAll
    static void build() {
        if (!Files.isDirectory(FEEDS)) {
            System.err.println("SKIPPED: RealFeedsTest needs the real feeds in ../shared/feeds");
        }
        Assumptions.assumeTrue(Files.isDirectory(FEEDS), "needs the real feeds");
        built = DatabaseBuilder.build(FEEDS, folder.resolve("real.db"), Instant.parse("2026-11-01T00:00:00Z"), _ -> {});
        database = AdvisoryDatabase.open(folder.resolve("real.db"));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    private static Map<String, String> files(String feed, Predicate<String> wanted) throws IOException {
        Map<String, String> found = new TreeMap<>();
        ArchiveFiles.of(FEEDS.resolve(feed + ".tar.zst"))
                .forEach(wanted, (path, content) -> found.put(path, new String(content, StandardCharsets.UTF_8)));
        return found;
    }

    private static int count(String feed, String ending) throws IOException {
        return files(feed, path -> path.endsWith(ending) && !path.startsWith("."))
                .size();
    }

    private static long records(String feed) {
        return built.feeds().stream()
                .filter(report -> report.feed().equals(feed))
                .findFirst()
                .orElseThrow()
                .records();
    }

    @Test
    void everythingIsRead() {
        assertThat(built.feeds())
                .filteredOn(report -> report.problemCount() > 0)
                .isEmpty();
        assertThat(built.unknown()).isEmpty();
    }

    /// The numbers are those of the feeds' README; the comments say where it counts other things.
    @Test
    void countsWhatTheFeedsHold() {
        var counts = new TreeMap<String, Long>();
        built.feeds().forEach(report -> counts.put(report.feed(), report.records()));
        assertThat(counts)
                .containsEntry("almalinux-osv", 5680L)
                .containsEntry("go-osv", 4291L)
                .containsEntry("pypa-osv", 2661L)
                .containsEntry("rustsec", 1225L)
                .containsEntry("rubysec", 1381L)
                .containsEntry("nvd-overrides", 32184L)
                .containsEntry("kev", 1404L)
                .containsEntry("ghsa", 179L)
                // advisories; the README counts fixed versions of releases
                .containsEntry("debian-dsa", 8940L)
                // scores, of which one CVE has two; the README names 1,280 of one file
                .containsEntry("epss", 1724L)
                // 61 CVEs, some with packages of different urgency, and 4 advisories
                .hasEntrySatisfying("debian", count -> assertThat(count).isGreaterThanOrEqualTo(65))
                // 32 notices; one whose releases have different CVEs is as many records
                .hasEntrySatisfying("usn", count -> assertThat(count).isGreaterThanOrEqualTo(32))
                .hasSize(15);
    }

    @Test
    void everyFileOfOsvIsARecord() throws IOException {
        assertThat(records("almalinux-osv")).isEqualTo(count("almalinux-osv", ".json"));
        assertThat(records("go-osv")).isEqualTo(count("go-osv", ".json"));
        assertThat(records("pypa-osv")).isEqualTo(count("pypa-osv", ".yaml"));
        assertThat(records("ghsa")).isEqualTo(count("slice-ghsa", ".json"));
        var ids = new HashSet<String>();
        for (var text : files("slice-usn", path -> path.endsWith(".json")).values()) {
            var matcher = Pattern.compile("\"id\"\\s*:\\s*\"(USN-[0-9-]+)\"").matcher(text);
            while (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        assertThat(ids).hasSize(32).allMatch(id -> !database.named(id).isEmpty());
    }

    @Test
    void everyReleaseOfEveryProductIsALifecycle() throws IOException {
        var cycles = files("eol", path -> path.startsWith("products/")).values().stream()
                .flatMap(text -> text.substring(0, text.indexOf("\n---", 3)).lines())
                .filter(line -> line.matches("\\s*- +releaseCycle: .*"))
                .count();
        assertThat(records("eol")).isEqualTo(cycles);
    }

    @Test
    void everyIdOfAlpineIsFound() throws IOException {
        var id = Pattern.compile("CVE[-_ ][0-9]{4}-[0-9]+|[A-Za-z-]+-[0-9]+(?:-[0-9]+)+|XSA-[0-9]+|ZBX-[0-9]+");
        var records = 0;
        var lines = 0;
        for (var text : files("alpine-secdb", path -> path.endsWith(".yaml")).values()) {
            Set<String> ofList = new TreeSet<>();
            for (var line : text.lines().toList()) {
                if (!line.matches("\\s+- .*") || line.contains("pkg:")) {
                    records += ofList.size();
                    ofList.clear();
                    continue;
                }
                lines++;
                var matcher = id.matcher(line.replaceAll("\\(.*", ""));
                while (matcher.find()) {
                    ofList.add(matcher.group().replaceFirst("CVE[-_ ]", "CVE-"));
                }
            }
            records += ofList.size();
        }
        assertThat(lines).as("pairs that the README counts").isGreaterThanOrEqualTo(12028);
        assertThat(records("alpine-secdb")).isEqualTo(records);
    }

    @Test
    void everyLineOfDebiansListsIsFound() throws IOException {
        long heads = 0;
        long fixes = 0;
        long behindTabs = 0;
        for (var text : files("debian-dsa", path -> path.endsWith("list")).values()) {
            heads += text.lines().filter(line -> line.startsWith("[")).count();
            fixes += text.lines().filter(line -> line.matches("\\s+\\[.*")).count();
            behindTabs += text.lines().filter(line -> line.startsWith("\t[")).count();
        }
        assertThat(behindTabs)
                .as("rows that the README counts; others stand behind blanks")
                .isEqualTo(10231);
        assertThat(records("debian-dsa")).isEqualTo(heads);
        var sink = new RecordingSink();
        new dev.plimsoll.advisory.debian.DebianLists().read(ArchiveFiles.of(FEEDS.resolve("debian-dsa.tar.zst")), sink);
        assertThat(sink.packages).hasSize((int) fixes);
    }

    @Test
    void everyKnownExploitedVulnerabilityAndScoreIsFound() throws IOException {
        for (var text : files("kev", path -> path.endsWith(".json")).values()) {
            var matcher = Pattern.compile("\"cveID\": ?\"(CVE-[0-9]+-[0-9]+)\"").matcher(text);
            var found = 0;
            while (matcher.find()) {
                found++;
                assertThat(database.exploitation(matcher.group(1)).known())
                        .as(matcher.group(1))
                        .isPresent();
            }
            assertThat(found).isEqualTo(1404);
        }
        for (var text : files("slice-epss", path -> path.endsWith(".csv")).values()) {
            text.lines()
                    .filter(line -> line.startsWith("CVE"))
                    .forEach(line -> assertThat(database.exploitation(line.split("[,;]", -1)[0])
                                    .probability())
                            .as(line)
                            .isPresent());
        }
    }

    @Test
    void saysWhatTheRecordsSay() {
        // GHSA-jfh8-c2jp-5v3q of GitHub
        assertThat(lines("CVE-2021-44228", "ghsa"))
                .contains("maven org.apache.logging.log4j:log4j-core [>=2.13.0 <2.15.0] fixed [2.15.0]");
        // "Moderate: nodejs:16 security, bug fix, and enhancement update"
        assertThat(database.named("ALSA-2022:9073").getFirst().severity()).contains(Severity.MEDIUM);
        // DSA-5343-1 of the list
        assertThat(lines("DSA-5343-1", "debian-dsa"))
                .containsExactly("debian:11 openssl [<1.1.1n-0+deb11u4] fixed [1.1.1n-0+deb11u4]");
        // two blanks before the version
        assertThat(database.find(debian("7"), "curl"))
                .anyMatch(item -> item.affected().fixedIn().equals(List.of("7.26.0-1+wheezy5")));
        // CVE-2023-38545 in the tracker: fixed in bookworm by DSA-5523-1, buster not affected
        assertThat(lines("CVE-2023-38545", "debian"))
                .contains(
                        "debian:12 curl [<7.88.1-10+deb12u4] fixed [7.88.1-10+deb12u4]",
                        "debian:10 curl [] not-affected []");
        // CVE_2019-2426 of Alpine
        assertThat(lines("CVE-2019-2426", "alpine-secdb"))
                .contains("alpine:3.11 openjdk7 [<7.211.2.6.17-r0] fixed [7.211.2.6.17-r0]");
        // wnpa-sec-2017-18 of Alpine
        assertThat(lines("wnpa-sec-2017-18", "alpine-secdb"))
                .containsExactly("alpine:3.5 wireshark [<2.2.6-r0] fixed [2.2.6-r0]");
        // XSA-297 stands beside four CVEs
        assertThat(database.named("XSA-297").stream().map(Advisory::aliases))
                .contains(List.of("CVE-2018-12126", "CVE-2018-12127", "CVE-2018-12130", "CVE-2019-11091"));
        // RUSTSEC-2024-0377 is patched in "> 0.22.0"
        assertThat(lines("RUSTSEC-2024-0377", "rustsec"))
                .hasSize(1)
                .first()
                .asString()
                .contains("fixed [] fixed after 0.22.0");
        // advisories of toolchains
        assertThat(database.named("CVE-2021-28879")).extracting(Advisory::feed).contains("rustsec");
        assertThat(database.named("CVE-2005-1992")).extracting(Advisory::feed).contains("rubysec");
        // the last affected version of PYSEC-2022-42969
        assertThat(lines("PYSEC-2022-42969", "pypa-osv"))
                .hasSize(1)
                .first()
                .asString()
                .contains("<=1.11.0");
        assertThat(database.exploitation("CVE-2021-44228").known())
                .contains(new Exploitation.Known(
                        LocalDate.of(2021, 12, 10), Optional.of(LocalDate.of(2021, 12, 24)), true));
        assertThat(database.lifecycle(new DistributionRelease("debian", "12")).flatMap(Lifecycle::endOfLife))
                .isPresent();
        // GO-2024-2730 was withdrawn
        assertThat(database.named("GO-2024-2730").getFirst().withdrawn()).isPresent();
        assertThat(database.find(Ecosystem.of(PackageType.GOLANG), "golang.org/x/net"))
                .isNotEmpty()
                .allMatch(item -> item.advisory().withdrawn().isEmpty());
    }

    private static Ecosystem debian(String release) {
        return Ecosystem.of(new DistributionRelease("debian", release));
    }

    private static List<String> lines(String id, String feed) {
        return database.packagesOf(id).stream()
                .filter(item -> item.advisory().feed().equals(feed))
                .map(item -> RecordingSink.line(item.affected()))
                .toList();
    }

    @Test
    void answersAsSqliteDoes() throws Exception {
        assertThat(DatabaseRows.query(folder.resolve("real.db"), "pragma integrity_check"))
                .containsExactly("ok");
        Oracle.compare(folder.resolve("real.db"), database, 150, 20261101);
    }

    @Test
    void itsContentsHaveTheDigestThatTheBuildWroteDown() {
        assertThat(database.verifyContent()).isEqualTo(database.metadata().get("content"));
    }
}
