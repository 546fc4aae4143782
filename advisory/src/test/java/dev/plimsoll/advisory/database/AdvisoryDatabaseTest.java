package dev.plimsoll.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.build.DatabaseRows;
import dev.plimsoll.advisory.build.SmallFeeds;
import dev.plimsoll.advisory.feed.RecordingSink;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdvisoryDatabaseTest {

    @TempDir
    private static Path folder;

    private static Path file;
    private static AdvisoryDatabase database;

    @BeforeAll
    static void build() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        file = folder.resolve("a.db");
        DatabaseBuilder.build(folder.resolve("feeds"), file, Instant.parse("2026-11-01T00:00:00Z"), _ -> {});
        database = AdvisoryDatabase.open(file);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Ecosystem debian(String release) {
        return Ecosystem.of(new DistributionRelease("debian", release));
    }

    private static List<String> find(Ecosystem ecosystem, String name) {
        return database.find(ecosystem, name).stream()
                .map(item -> item.advisory().id() + " " + item.advisory().feed() + ": "
                        + RecordingSink.line(item.affected()))
                .toList();
    }

    @Test
    void findsWhatIsSaidOfAPackage() {
        assertThat(find(debian("11"), "openssl"))
                .containsExactlyInAnyOrder(
                        "CVE-2023-0286 debian: debian:11 openssl [<1.1.1n-0+deb11u4] fixed [1.1.1n-0+deb11u4]",
                        "DSA-5343-1 debian-dsa: debian:11 openssl [<1.1.1n-0+deb11u4] fixed [1.1.1n-0+deb11u4]",
                        "DSA-5343-1 debian: debian:11 openssl [<1.1.1n-0+deb11u4] fixed [1.1.1n-0+deb11u4]");
        assertThat(find(debian("11"), "openss")).isEmpty();
        assertThat(find(debian("1"), "openssl")).isEmpty();
        assertThat(find(Ecosystem.of(new DistributionRelease("alpine", "3.11")), "openjdk8"))
                .containsExactly(
                        "CVE-2019-2426 alpine-secdb: alpine:3.11 openjdk8 [<8.212.04-r0] fixed [8.212.04-r0]",
                        "CVE-2019-2602 alpine-secdb: alpine:3.11 openjdk8 [<8.212.04-r0] fixed [8.212.04-r0]");
    }

    @Test
    void leavesWithdrawnRecordsOutOfFindingsOnly() {
        var go = Ecosystem.of(PackageType.GOLANG);
        assertThat(database.find(go, "golang.org/x/net"))
                .extracting(item -> item.advisory().id())
                .containsExactly("GO-2023-2102");
        assertThat(database.named("GO-2020-0000").getFirst().withdrawn())
                .contains(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(database.packagesOf("GO-2020-0000")).hasSize(1);
    }

    @Test
    void keepsThePackagesAndFunctionsThatGoNames() throws SQLException {
        assertThat(database.find(Ecosystem.of(PackageType.GOLANG), "golang.org/x/net")
                        .getFirst()
                        .affected()
                        .imports())
                .containsExactly(
                        new AffectedImport("golang.org/x/net/http2", List.of("Server.ServeConn"), List.of(), List.of()),
                        new AffectedImport(
                                "golang.org/x/net/html", List.of(), List.of("windows"), List.of("amd64", "arm64")));
        assertThat(DatabaseRows.query(
                        file,
                        "select json_extract(data, '$.imports[0].path'), json_extract(data, '$.imports[0].symbols'),"
                                + " json_extract(data, '$.imports[1].systems') from packages"
                                + " where name = ? and data like '%http2%'",
                        "golang.org/x/net"))
                .containsExactly("golang.org/x/net/http2|[\"Server.ServeConn\"]|[\"windows\"]");
    }

    @Test
    void findsRecordsByAnyOfTheirNames() {
        for (var id : List.of("GO-2023-2102", "CVE-2023-39325", "GHSA-4374-p667-p6c8")) {
            assertThat(database.named(id)).extracting(Advisory::id).containsExactly("GO-2023-2102");
        }
        assertThat(database.named("CVE-2023-0286"))
                .extracting(Advisory::id)
                .containsExactly("ALSA-2023:0946", "CVE-2023-0286", "DSA-5343-1", "DSA-5343-1", "USN-5844-1");
        assertThat(database.named("CVE-2023-028")).isEmpty();
        assertThat(database.packagesOf("CVE-2023-0286"))
                .extracting(item -> item.affected().ecosystem().toString())
                .containsExactlyInAnyOrder(
                        "almalinux:9",
                        "debian:11",
                        "debian:12",
                        "debian:sid",
                        "debian:11",
                        "debian:11",
                        "ubuntu:22.04");
    }

    @Test
    void givesBackEveryFieldOfAnAdvisory() {
        assertThat(database.named("GHSA-jfh8-c2jp-5v3q"))
                .containsExactly(new Advisory(
                        "GHSA-jfh8-c2jp-5v3q",
                        List.of("CVE-2021-44228"),
                        "ghsa",
                        Optional.of(Severity.CRITICAL),
                        List.of(new CvssScore(
                                "ghsa",
                                "3.1",
                                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
                                new BigDecimal("10.0"),
                                Optional.of(new BigDecimal("3.9")),
                                Optional.of(new BigDecimal("6.0")))),
                        Optional.of(Instant.parse("2021-12-10T00:40:56Z")),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        List.of()));
        assertThat(database.packagesOf("CVE-2022-1292").getFirst().affected().fixState())
                .isEqualTo(FixState.NOT_AFFECTED);
    }

    @Test
    void theScoreOfTheLatestDayCounts() {
        assertThat(database.exploitation("CVE-2021-44228"))
                .isEqualTo(new Exploitation(
                        Optional.of(new Exploitation.Known(
                                LocalDate.of(2021, 12, 10), Optional.of(LocalDate.of(2021, 12, 24)), true)),
                        Optional.of(new Exploitation.Probability(
                                new BigDecimal("0.97560"),
                                new BigDecimal("0.99999"),
                                Optional.of(LocalDate.of(2024, 10, 26))))));
        assertThat(database.exploitation("CVE-2023-0286").probability().map(Exploitation.Probability::score))
                .contains(new BigDecimal("0.885"));
        assertThat(database.exploitationCoverage()).isEqualTo(ExploitationCoverage.ALL);
        assertThat(database.exploitation("CVE-1999-0001")).isEqualTo(Exploitation.NONE);
    }

    @Test
    void knowsWhenReleasesEnd() {
        assertThat(database.lifecycle(new DistributionRelease("debian", "11")))
                .contains(new Lifecycle(
                        "debian",
                        "11",
                        Optional.of(LocalDate.of(2024, 8, 14)),
                        false,
                        Optional.of(new Lifecycle.Extension(Optional.of(LocalDate.of(2026, 8, 31)), false))));
        assertThat(database.lifecycle(new DistributionRelease("alpine", "3.18")).map(Lifecycle::product))
                .contains("alpine-linux");
        assertThat(database.lifecycle(new DistributionRelease("debian", "99"))).isEmpty();
    }

    @Test
    void takesTheLongestReleaseThatAVersionBeginsWith() {
        assertThat(database.lifecycle("python", "3.8.19"))
                .contains(new Lifecycle("python", "3.8", Optional.of(LocalDate.of(2024, 10, 7)), false));
        assertThat(database.lifecycle("python", "3.81.1"))
                .contains(new Lifecycle(
                        "python",
                        "3",
                        Optional.empty(),
                        false,
                        Optional.of(new Lifecycle.Extension(Optional.empty(), false))));
        assertThat(database.lifecycle("python", "2.7.18")).isEmpty();
        assertThat(database.lifecycle("cobol", "3.8.19")).isEmpty();
        assertThat(database.lifecycle("python", "")).isEmpty();
    }

    @Test
    void saysWhatItCovers() {
        assertThat(database.coverage())
                .contains(new Coverage(debian("11"), 3), new Coverage(Ecosystem.of(PackageType.GOLANG), 2))
                .isSortedAccordingTo(java.util.Comparator.comparing(Coverage::ecosystem));
    }

    /// SQLite itself reads the same file.
    @Test
    void answersAsSqliteDoes() throws Exception {
        assertThat(DatabaseRows.query(file, "pragma integrity_check")).containsExactly("ok");
        Oracle.compare(file, database, 200, 1);
    }

    @Test
    void itsContentHasTheDigestThatTheBuildWroteDown() {
        assertThat(database.verifyContent()).isEqualTo(database.metadata().get("content"));
    }
}
