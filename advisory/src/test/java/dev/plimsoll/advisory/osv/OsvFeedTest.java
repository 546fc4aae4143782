package dev.plimsoll.advisory.osv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.feed.RecordingSink;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OsvFeedTest {

    /// One record with one package.
    private static RecordingSink read(String ecosystem, String name, String members) {
        return json("""
                {"id": "GHSA-xxxx-xxxx-xxxx", "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, %s}]}
                """.formatted(ecosystem, name, members));
    }

    private static RecordingSink json(String text) {
        return RecordingSink.read(new OsvFeed("ghsa"), "a/record.json", text);
    }

    private static String range(String events) {
        return "\"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [" + events + "]}]";
    }

    @Test
    void readsLog4ShellFromGitHub() {
        var sink = json("""
                {"schema_version": "1.4.0", "id": "GHSA-jfh8-c2jp-5v3q", "modified": "2023-07-07T17:26:34Z",
                 "published": "2021-12-10T00:40:56Z", "aliases": ["CVE-2021-44228"],
                 "summary": "Remote code injection in Log4j", "details": "more",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}],
                 "affected": [
                  {"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.13.0"}, {"fixed": "2.15.0"}]}]},
                  {"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0-beta9"}, {"fixed": "2.3.1"}]}]}],
                 "references": [{"type": "WEB", "url": "https://logging.apache.org/log4j/2.x/security.html"}],
                 "database_specific": {"cwe_ids": ["CWE-502"], "severity": "CRITICAL", "github_reviewed": true}}
                """);

        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines())
                .containsExactly(
                        "maven org.apache.logging.log4j:log4j-core [>=2.13.0 <2.15.0] fixed [2.15.0]",
                        "maven org.apache.logging.log4j:log4j-core [>=2.0-beta9 <2.3.1] fixed [2.3.1]");
        var advisory = sink.advisories.getFirst();
        assertThat(sink.advisories).hasSize(1);
        assertThat(advisory.aliases()).containsExactly("CVE-2021-44228");
        assertThat(advisory.severity()).contains(Severity.CRITICAL);
        assertThat(advisory.cvss())
                .extracting(CvssScore::base)
                .map(Object::toString)
                .containsExactly("10.0");
        assertThat(advisory.published()).contains(Instant.parse("2021-12-10T00:40:56Z"));
        assertThat(advisory.modified()).contains(Instant.parse("2023-07-07T17:26:34Z"));
        assertThat(advisory.withdrawn()).isEmpty();
        assertThat(advisory.summary()).isEqualTo("Remote code injection in Log4j");
        assertThat(advisory.references()).containsExactly("https://logging.apache.org/log4j/2.x/security.html");
    }

    /// GO-2021-0319 and GO-2023-1568 have the form of these two.
    @Test
    void readsThePackagesAndFunctionsThatGoNames() {
        var sink = read(
                "Go",
                "example.org/a",
                range("{\"introduced\": \"0\"}")
                        + ", \"ecosystem_specific\": {\"imports\": [{\"path\": \"example.org/a/b\", \"symbols\": [\"Parse\", \"T.Read\"]},"
                        + " {\"path\": \"example.org/a/c\", \"goos\": [\"windows\"], \"goarch\": [\"arm64\"]}]}");
        assertThat(sink.packages.getFirst().imports())
                .containsExactly(
                        new AffectedImport("example.org/a/b", List.of("Parse", "T.Read"), List.of(), List.of()),
                        new AffectedImport("example.org/a/c", List.of(), List.of("windows"), List.of("arm64")));
    }

    @Test
    void importsThatAreWrittenOtherwiseAreNone() {
        for (var imports : List.of(
                "[]",
                "{}",
                "[1]",
                "[{\"path\": \"a\", \"symbols\": [\"F\"]}, 1]",
                "[{\"symbols\": [\"F\"]}]",
                "[{\"path\": \"a\", \"symbols\": [\"F\", 1]}]",
                "[{\"path\": \"a\", \"symbols\": [\"F\"], \"goos\": [1]}]")) {
            var sink = read(
                    "Go",
                    "a",
                    range("{\"introduced\": \"0\"}") + ", \"ecosystem_specific\": {\"imports\": " + imports + "}");
            assertThat(sink.packages.getFirst().imports()).as(imports).isEmpty();
        }
        var other = read(
                "npm",
                "a",
                range("{\"introduced\": \"0\"}")
                        + ", \"ecosystem_specific\": {\"imports\": [{\"path\": \"a\", \"symbols\": [\"F\"]}]}");
        assertThat(other.packages.getFirst().imports()).isEmpty();
    }

    @Test
    void takesAnEmptyFixedVersionForNone() {
        var sink = read("npm", "x", range("{\"introduced\": \"0\"}, {\"fixed\": \"\"}"));
        assertThat(sink.lines()).containsExactly("npm x [*] not-fixed []");
    }

    @ParameterizedTest
    @CsvSource({
        "'<= 1.2.3', '[<=1.2.3]'",
        "'<1.2.3', '[<1.2.3]'",
        "'', '[*]'",
        "'= 1.2.3', '[*]'",
        "'< ', '[*]'",
        "'<= 1.2.3, > 1.0', '[*]'"
    })
    void closesARangeWithoutFixByTheLastKnownAffectedVersion(String text, String expected) {
        var sink = read(
                "npm",
                "x",
                range("{\"introduced\": \"0\"}") + ", \"database_specific\": {\"last_known_affected_version_range\": \""
                        + text + "\"}");
        assertThat(sink.lines())
                .containsExactly("npm x " + expected + (expected.equals("[*]") ? " not-fixed []" : " unknown []"));
    }

    @Test
    void aFixCountsMoreThanTheLastKnownAffectedVersion() {
        var sink = read(
                "npm",
                "x",
                range("{\"introduced\": \"0\"}, {\"fixed\": \"1.3.0\"}")
                        + ", \"database_specific\": {\"last_known_affected_version_range\": \"<= 1.2.3\"}");
        assertThat(sink.lines()).containsExactly("npm x [<1.3.0] fixed [1.3.0]");
    }

    @Test
    void includesTheLastAffectedVersion() {
        var sink = read("PyPI", "py", range("{\"introduced\": \"0\"}, {\"last_affected\": \"1.11.0\"}"));
        assertThat(sink.lines()).containsExactly("pypi py [<=1.11.0] unknown []");
    }

    @Test
    void addsOnlyThoseExplicitVersionsThatNoRangeHolds() {
        var sink = read(
                "PyPI",
                "x",
                range("{\"introduced\": \"1.0\"}, {\"fixed\": \"2.0\"}")
                        + ", \"versions\": [\"1.0\", \"1.5\", \"3.0\"]");
        assertThat(sink.lines()).containsExactly("pypi x [>=1.0 <2.0, =3.0] fixed [2.0]");
    }

    @Test
    void readsARecordThatOnlyListsVersions() {
        assertThat(read("npm", "event-stream", "\"versions\": [\"3.3.6\"]").lines())
                .containsExactly("npm event-stream [=3.3.6] unknown []");
    }

    @Test
    void ordersEventsByTheSchemeNotByTheText() {
        var sink = read(
                "Go",
                "golang.org/x/net",
                range(
                        "{\"fixed\": \"0.17.0\"}, {\"introduced\": \"0.10.0\"}, {\"fixed\": \"0.9.1\"}, {\"introduced\": \"0\"}"));
        assertThat(sink.lines())
                .containsExactly("golang golang.org/x/net [<0.9.1, >=0.10.0 <0.17.0] fixed [0.9.1, 0.17.0]");
    }

    @Test
    void keepsTheOrderOfTheTextWhereAVersionIsNone() {
        // 40 events, so that a sort by an order that is none would show
        var events = IntStream.range(0, 20)
                .mapToObj(i -> "{\"introduced\": \"" + (40 - i) + ".0.0\"}, {\"fixed\": \""
                        + (i % 3 == 0 ? "?" : "9.9." + i) + "\"}")
                .collect(Collectors.joining(","));
        assertThat(read("npm", "x", range(events)).packages.getFirst().affected())
                .hasSize(20)
                .first()
                .hasToString(">=40.0.0 <?");
    }

    @Test
    void saysWhereARangeDoesNotBegin() {
        var sink = read("npm", "x", range("{\"fixed\": \"1.0.0\"}"));
        assertThat(sink.problems)
                .containsExactly(
                        "a/record.json, GHSA-xxxx-xxxx-xxxx: x: a range says where it ends and not where it begins"
                                + " (introduced)");
    }

    @Test
    void rangesOfCommitsSayNothingOfVersions() {
        var sink = json("""
                {"id": "PYSEC-2020-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "x"},
                 "ranges": [{"type": "GIT", "repo": "https://example.org", "events": [{"introduced": "0"}, {"fixed": "abc"}]}]}]}
                """);
        assertThat(sink.packages).isEmpty();
        assertThat(sink.ids()).containsExactly("PYSEC-2020-1 []");
    }

    @Test
    void readsMalwareWithoutAnyAlias() {
        var sink = json("""
                {"id": "MAL-2024-1", "summary": "Malicious code in x (npm)", "affected": [
                 {"package": {"ecosystem": "npm", "name": "x"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
                """);
        assertThat(sink.ids()).containsExactly("MAL-2024-1 []");
        assertThat(sink.lines()).containsExactly("npm x [*] not-fixed []");
    }

    @Test
    void keepsWithdrawnRecordsMarked() {
        var sink = json("""
                {"id": "GO-2024-2730", "withdrawn": "2024-05-01T12:00:00Z", "affected": []}
                """);
        assertThat(sink.advisories.getFirst().withdrawn()).contains(Instant.parse("2024-05-01T12:00:00Z"));
    }

    @Test
    void theFirstYearStandsForAnUnknownDay() {
        assertThat(json("{\"id\": \"GO-1\", \"modified\": \"0001-01-01T00:00:00Z\"}")
                        .advisories
                        .getFirst()
                        .modified())
                .isEmpty();
    }

    @Test
    void passesOverAnEmptyScoreAndReadsVersionFourAlone() {
        var sink = json("""
                {"id": "GHSA-1", "severity": [{"type": "CVSS_V3", "score": ""},
                 {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}],
                 "database_specific": {"severity": "MODERATE"}}
                """);
        var advisory = sink.advisories.getFirst();
        assertThat(advisory.severity()).contains(Severity.MEDIUM);
        assertThat(advisory.cvss()).extracting(CvssScore::version).containsExactly("4.0");
        assertThat(advisory.cvss())
                .extracting(CvssScore::base)
                .map(Object::toString)
                .containsExactly("9.3");
    }

    @Test
    void theFirstWordOfAlmaLinuxSummaryIsTheSeverityAndRelatedNamesTheCves() {
        var sink = RecordingSink.read(new OsvFeed("almalinux-osv"), "advisories/almalinux8/ALSA-2022-9073.json", """
                {"id": "ALSA-2022:9073", "summary": "Moderate: nodejs:16 security, bug fix, and enhancement update",
                 "related": ["CVE-2021-44906", "CVE-2022-3517"], "affected": [
                 {"package": {"ecosystem": "AlmaLinux:8", "name": "nodejs"}, "ranges": [{"type": "ECOSYSTEM", "events": [
                  {"introduced": "0"}, {"fixed": "1:16.18.1-3.module_el8.7.0+3371+ed8c43db"}]}]},
                 {"package": {"ecosystem": "AlmaLinux:8", "name": "openssl"}, "ranges": [{"type": "ECOSYSTEM", "events": [
                  {"introduced": "0"}, {"fixed": "1:1.1.1k-7.el8_6"}]}]}]}
                """);
        var advisory = sink.advisories.getFirst();
        assertThat(sink.ids()).containsExactly("ALSA-2022:9073 [CVE-2021-44906, CVE-2022-3517]");
        assertThat(advisory.severity()).contains(Severity.MEDIUM);
        assertThat(sink.lines())
                .containsExactly(
                        "almalinux:8 nodejs [<1:16.18.1-3.module_el8.7.0+3371+ed8c43db] fixed"
                                + " [1:16.18.1-3.module_el8.7.0+3371+ed8c43db]",
                        "almalinux:8 openssl [<1:1.1.1k-7.el8_6] fixed [1:1.1.1k-7.el8_6]");
        assertThat(sink.packages).extracting(item -> item.module()).containsExactly("module_el8.7.0+3371+ed8c43db", "");
        assertThat(sink.packages).noneMatch(item -> item.ofSource());
    }

    @ParameterizedTest
    @CsvSource({
        "Critical: x update, CRITICAL",
        "Important: x, HIGH",
        "Moderate: x, MEDIUM",
        "Low: x, LOW",
        "x security update,",
        "'',",
        "bug: x,"
    })
    void readsTheFirstWordOfAnErratum(String summary, Severity expected) {
        var sink = json("{\"id\": \"ALSA-2024:1\", \"summary\": \"" + (summary == null ? "" : summary) + "\"}");
        assertThat(sink.advisories.getFirst().severity().orElse(null)).isEqualTo(expected);
    }

    @Test
    void aSummaryOfNoErratumSaysNoSeverity() {
        assertThat(json("{\"id\": \"GHSA-1\", \"summary\": \"Critical: hello\"}")
                        .advisories
                        .getFirst()
                        .severity())
                .isEmpty();
    }

    @Test
    void ubuntuSaysForEachReleaseWhichCvesItHas() {
        var sink = RecordingSink.read(new OsvFeed("usn"), "osv/usn/USN-1.json", """
                {"id": "USN-6663-1", "upstream": ["UBUNTU-CVE-2023-1111", "CVE-2023-2222", "CVE-2023-3333"], "affected": [
                 {"package": {"ecosystem": "Ubuntu:22.04:LTS", "name": "openssl", "purl": "pkg:deb/ubuntu/openssl@1:3.0?arch=source"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.2-0ubuntu1.15"}]}],
                  "database_specific": {"cves_map": {"ecosystem": "Ubuntu:22.04:LTS", "cves": [
                   {"id": "CVE-2023-1111", "severity": [{"type": "Ubuntu", "score": "low"}]},
                   {"id": "CVE-2023-2222", "severity": [{"type": "Ubuntu", "score": "medium"}]}]}}},
                 {"package": {"ecosystem": "Ubuntu:Pro:20.04:LTS", "name": "openssl"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1.1f-1ubuntu2.22+esm1"}]}],
                  "database_specific": {"cves_map": {"cves": [{"id": "CVE-2023-2222"}]}}}]}
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids())
                .containsExactly("USN-6663-1 [CVE-2023-1111, CVE-2023-2222]", "USN-6663-1 [CVE-2023-2222]");
        assertThat(sink.lines())
                .containsExactly(
                        "ubuntu:22.04 openssl [<3.0.2-0ubuntu1.15] fixed [3.0.2-0ubuntu1.15]",
                        "ubuntu-pro:20.04 openssl [<1.1.1f-1ubuntu2.22+esm1] fixed [1.1.1f-1ubuntu2.22+esm1]");
        assertThat(sink.packages).allMatch(item -> item.ofSource());
        assertThat(sink.advisories.getFirst().severity()).contains(Severity.MEDIUM);
    }

    @Test
    void anEmptyListOfCvesSaysNothingAndUpstreamNamesThem() {
        var sink = RecordingSink.read(new OsvFeed("usn"), "USN.json", """
                {"id": "USN-1-1", "upstream": ["CVE-2022-1664", "UBUNTU-CVE-2022-1664"], "affected": [
                 {"package": {"ecosystem": "Ubuntu:20.04:LTS", "name": "dpkg"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.19.7ubuntu3.2"}]}],
                  "database_specific": {"cves_map": {"cves": []}}}]}
                """);
        assertThat(sink.ids()).containsExactly("USN-1-1 [CVE-2022-1664]");
    }

    @ParameterizedTest
    @CsvSource({
        "Debian:12, debian:12",
        "Ubuntu:24.10, ubuntu:24.10",
        "Ubuntu:Pro:20.04:LTS, ubuntu-pro:20.04",
        "Ubuntu:Pro:FIPS-updates:20.04:LTS, ubuntu-pro-fips-updates:20.04",
        "Ubuntu:Pro:FIPS, ''",
        "Ubuntu:Pro:, ''",
        "Alpine:v3.18, alpine:3.18",
        "Wolfi, wolfi:rolling",
        "Chainguard, chainguard:rolling",
        "Rocky Linux:9, rocky:9",
        "Red Hat:enterprise_linux:9::baseos, rhel:9",
        "Red Hat:rhel_eus:8.6::baseos, ''",
        "SUSE:Linux Enterprise Server 15 SP5, sles:15.5",
        "openSUSE:Leap 15.5, opensuse-leap:15.5",
        "crates.io, cargo",
        "Packagist, composer",
        "NuGet, nuget",
        "Debian, ''",
        "OSS-Fuzz, ''",
        "'', ''"
    })
    void knowsTheEcosystemsOfTheSchema(String name, String expected) {
        assertThat(OsvEcosystems.of(name)
                        .map(meaning -> meaning.ecosystem().toString())
                        .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void namesAnEcosystemThatIsNotKnown() {
        var sink = read("OSS-Fuzz", "x", range("{\"introduced\": \"0\"}"));
        assertThat(sink.problems)
                .containsExactly("a/record.json, GHSA-xxxx-xxxx-xxxx: ecosystem 'OSS-Fuzz' is not known here");
        assertThat(sink.advisories).hasSize(1);
    }

    @Test
    void writesPythonNamesAsLookUpsDo() {
        assertThat(read("PyPI", "Zope.Interface__x", range("{\"introduced\": \"0\"}"))
                        .packages
                        .getFirst()
                        .name())
                .isEqualTo("zope-interface-x");
    }

    @Test
    void readsYamlAndKeepsTheDigitsOfVersionsWithoutQuotes() {
        var sink = RecordingSink.read(new OsvFeed("pypa-osv"), "vulns/py/PYSEC-2022-42969.yaml", """
                id: PYSEC-2022-42969
                details: The py library through 1.11.0 for Python allows ReDoS
                affected:
                - package:
                    name: py
                    ecosystem: PyPI
                    purl: pkg:pypi/py
                  ranges:
                  - type: ECOSYSTEM
                    events:
                    - introduced: "0"
                    - last_affected: 1.11.0
                  versions:
                  - 0.8.0-alpha2
                aliases:
                - CVE-2022-42969
                modified: '2024-02-04T05:36:28.000Z'
                published: '2022-10-16T06:15:00.000Z'
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids()).containsExactly("PYSEC-2022-42969 [CVE-2022-42969]");
        assertThat(sink.lines()).containsExactly("pypi py [<=1.11.0] unknown []");
        assertThat(sink.advisories.getFirst().summary())
                .isEqualTo("The py library through 1.11.0 for Python allows ReDoS");
    }

    @Test
    void aBrokenRecordLeavesItsNeighboursAlone() {
        var sink = RecordingSink.read(
                new OsvFeed("go-osv"),
                "data/osv/GO-1.json",
                "{\"id\": \"GO-1\"",
                "data/osv/GO-2.json",
                "{\"id\": \"GO-2\"}",
                "data/osv/GO-3.json",
                "[{\"id\": \"GO-3\"}, 7]",
                "data/osv/GO-4.json",
                "\"text\"",
                "data/osv/GO-5.json",
                "{\"id\": \"  \"}",
                "data/osv/.hidden.json",
                "nothing",
                "README.md",
                "nothing");
        assertThat(sink.ids()).containsExactly("GO-2 []", "GO-3 []");
        assertThat(sink.problems)
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("data/osv/GO-1.json: "))
                .contains(
                        "data/osv/GO-3.json: an element of the list is no record but a number",
                        "data/osv/GO-4.json: holds a string where a record belongs",
                        "data/osv/GO-5.json, id: the record has no id");
    }

    @Test
    void readsAsManyEventsAsTheLimitAllowsAndSaysWhenThereAreMore() {
        var within = "{\"introduced\": \"0\"}" + ",{\"fixed\": \"1.0.0\"}".repeat(OsvRanges.MAX_EVENTS - 1);
        assertThat(read("npm", "x", range(within)).problems).isEmpty();
        assertThat(read("npm", "x", range(within + ",{\"fixed\": \"1.0.0\"}")).problems)
                .containsExactly("a/record.json, GHSA-xxxx-xxxx-xxxx: x: over 10000 events; those behind are not read");
    }

    @Test
    void readsAsManyVersionsAsTheLimitAllowsAndSaysWhenThereAreMore() {
        var within = "\"versions\": [\"1.0.0\"" + ",\"1.0.0\"".repeat(OsvRanges.MAX_VERSIONS - 1);
        assertThat(read("npm", "x", within + "]").problems).isEmpty();
        assertThat(read("npm", "x", within + ",\"1.0.0\"]").problems)
                .containsExactly(
                        "a/record.json, GHSA-xxxx-xxxx-xxxx: x: over 50000 versions; those behind are not read");
    }

    @Test
    void cutsLongSummariesAndListsOfReferences() {
        var sink = json("{\"id\": \"GO-1\", \"summary\": \"" + "x".repeat(OsvParser.MAX_SUMMARY)
                + "\", \"references\": [" + "{\"url\": \"https://example.org\"},".repeat(OsvParser.MAX_REFERENCES)
                + "{\"url\": \"https://last\"}]}");
        assertThat(sink.advisories.getFirst().summary()).isEqualTo("x".repeat(OsvParser.MAX_SUMMARY));
        assertThat(sink.advisories.getFirst().references())
                .hasSize(OsvParser.MAX_REFERENCES)
                .doesNotContain("https://last");
        assertThat(json("{\"id\": \"GO-1\", \"summary\": \"" + "x".repeat(OsvParser.MAX_SUMMARY - 1) + "😀\"}")
                        .advisories
                        .getFirst()
                        .summary())
                .isEqualTo("x".repeat(OsvParser.MAX_SUMMARY - 1) + "…");
    }
}
