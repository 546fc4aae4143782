package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.purl.PackageType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MergingTest {

    private static final TestImage NET =
            TestImage.withoutDistribution().with(TestImage.language(PackageType.GOLANG, "golang.org/x/net", "v0.16.0"));

    private static final TestRecord GO = TestRecord.of("GO-2023-2102", "go")
            .alias("CVE-2023-39325", "GHSA-4374-p667-p6c8")
            .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");

    private static final TestRecord GHSA = TestRecord.of("GHSA-4374-p667-p6c8", "ghsa")
            .alias("CVE-2023-39325")
            .severity(Severity.HIGH)
            .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");

    private static final TestImage OPENSSL = TestImage.of("debian:11")
            .with(TestImage.deb("libssl1.1", "1.1.1n-0+deb11u3", "openssl", "1.1.1n-0+deb11u3"));

    private static final TestRecord DSA = TestRecord.of("DSA-5343-1", "debian-dsa")
            .alias("CVE-2022-2097", "CVE-2022-4304", "CVE-2022-4450", "CVE-2023-0215", "CVE-2023-0286")
            .source("debian:11", "openssl", "1.1.1n-0+deb11u4");

    @Test
    void recordsThatShareAnIdAreOneFindingNamedByItsCve() {
        var findings = match(NET, GO, GHSA);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("CVE-2023-39325");
            assertThat(finding.ids()).containsExactly("CVE-2023-39325", "GHSA-4374-p667-p6c8", "GO-2023-2102");
            assertThat(finding.reasons())
                    .extracting(MatchReason::record)
                    .containsExactly("GHSA-4374-p667-p6c8", "GO-2023-2102");
        });
    }

    @Test
    void recordsAreJoinedOverAThirdThatSharesAnIdWithEach() {
        var one = TestRecord.of("GHSA-aaaa-aaaa-aaaa", "ghsa").language("golang", "golang.org/x/net", "<0.17.0");
        var other = TestRecord.of("CVE-2023-39325", "company").language("golang", "golang.org/x/net", "<0.17.0");
        var bridge = TestRecord.of("GO-2023-2102", "go")
                .alias("CVE-2023-39325", "GHSA-aaaa-aaaa-aaaa")
                .language("golang", "golang.org/x/net", "<0.17.0");
        assertThat(match(NET, one, other)).hasSize(2);
        assertThat(match(NET, one, other, bridge)).hasSize(1);
    }

    @Test
    void aVulnerabilityWithoutCveIsNamedByItsRecord() {
        var record = TestRecord.of("GHSA-4374-p667-p6c8", "ghsa").language("golang", "golang.org/x/net", "<0.17.0");
        assertThat(match(NET, record)).extracting(Finding::id).containsExactly("GHSA-4374-p667-p6c8");
    }

    @Test
    void recordsThatJoinSeveralCvesAreNamedByTheLowest() {
        var one = TestRecord.of("CVE-2023-39325", "a")
                .alias("COMPANY-1")
                .language("golang", "golang.org/x/net", "<0.17.0");
        var other = TestRecord.of("CVE-2023-44487", "b")
                .alias("COMPANY-1")
                .language("golang", "golang.org/x/net", "<0.17.0");
        assertThat(match(NET, other, one)).extracting(Finding::id).containsExactly("CVE-2023-39325");
    }

    @Test
    void cvesAreOrderedByYearAndNumber() {
        assertThat(VulnerabilityIds.cvesOf(List.of(
                        "CVE-2023-44487", "CVE-2023-4863", "CVE-2011-3374", "GHSA-4374-p667-p6c8", "CVE-2023-1")))
                .containsExactly("CVE-2011-3374", "CVE-2023-4863", "CVE-2023-44487");
    }

    @Test
    void anErratumIsOneFindingForEachOfItsCves() {
        var findings = match(OPENSSL, DSA);
        assertThat(findings)
                .extracting(Finding::id)
                .containsExactly("CVE-2022-2097", "CVE-2022-4304", "CVE-2022-4450", "CVE-2023-0215", "CVE-2023-0286");
        assertThat(findings.getFirst().ids()).containsExactly("CVE-2022-2097", "DSA-5343-1");
    }

    @Test
    void anErratumJoinsTheRecordsOfItsCvesWithoutJoiningThemToEachOther() {
        var one = TestRecord.of("CVE-2023-0286", "debian-tracker")
                .severity(Severity.HIGH)
                .source("debian:11", "openssl", "1.1.1n-0+deb11u4");
        var other = TestRecord.of("CVE-2022-2097", "debian-tracker")
                .severity(Severity.LOW)
                .source("debian:11", "openssl", "1.1.1n-0+deb11u4");
        var findings = match(OPENSSL, DSA, one, other);
        assertThat(findings).hasSize(5);
        assertThat(findings.getFirst().id()).isEqualTo("CVE-2023-0286");
        assertThat(findings.getFirst().ids()).containsExactly("CVE-2023-0286", "DSA-5343-1");
        assertThat(findings.getFirst().severity()).isEqualTo(Severity.HIGH);
        assertThat(findings.getFirst().reasons()).hasSize(2);
        assertThat(findings.get(1).id()).isEqualTo("CVE-2022-2097");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void aPublishersPrefixBeforeACveIsSeenThrough() {
        var record = TestRecord.of("USN-7280-1", "ubuntu")
                .alias("UBUNTU-CVE-2025-0938")
                .source("ubuntu:22.04", "python3.10", "3.10.12-1~22.04.9");
        var image = TestImage.of("ubuntu:22.04").with(TestImage.deb("python3.10", "3.10.12-1~22.04.8"));
        assertThat(match(image, record)).extracting(Finding::id).containsExactly("CVE-2025-0938");
    }

    @Test
    void eachPackageHasItsOwnFinding() {
        var image = TestImage.of("debian:11")
                .with(TestImage.deb("libssl1.1", "1.1.1n-0+deb11u3", "openssl", "1.1.1n-0+deb11u3"))
                .with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        assertThat(match(image, DSA)).hasSize(10);
    }

    @Test
    void exploitationIsThatOfTheCve() {
        var known = new Exploitation(
                Optional.of(new Exploitation.Known(
                        LocalDate.of(2021, 12, 10), Optional.of(LocalDate.of(2021, 12, 24)), true)),
                Optional.of(new Exploitation.Probability(
                        new BigDecimal("0.94"), new BigDecimal("0.99"), Optional.empty())));
        var record = TestRecord.of("GHSA-jfh8-c2jp-5v3q", "ghsa")
                .alias("CVE-2021-44228")
                .language("maven", "org.apache.logging.log4j:log4j-core", ">=2.13.0 <2.15.0", "2.15.0");
        var image = TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.MAVEN, "org.apache.logging.log4j:log4j-core", "2.14.1"));
        var source = TestSource.of(record).exploited("CVE-2021-44228", known);
        assertThat(Matcher.match(image.build(), source, MatchOptions.DEFAULT).findings())
                .extracting(Finding::exploitation)
                .containsExactly(known);
    }

    @Test
    void theEarliestDateAndTheFirstTextsAreTaken() {
        var late = TestRecord.of("GO-2023-2102", "go")
                .alias("CVE-2023-39325")
                .published("2023-10-11T16:49:00Z")
                .summary("HTTP/2 rapid reset can cause excessive work in net/http")
                .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");
        var early = TestRecord.of("GHSA-4374-p667-p6c8", "ghsa")
                .alias("CVE-2023-39325")
                .published("2023-10-11T13:00:00Z")
                .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");
        assertThat(match(NET, late, early)).singleElement().satisfies(finding -> {
            assertThat(finding.published()).contains(Instant.parse("2023-10-11T13:00:00Z"));
            assertThat(finding.summary()).isEqualTo("HTTP/2 rapid reset can cause excessive work in net/http");
            assertThat(finding.link()).isEqualTo("https://example.org/GHSA-4374-p667-p6c8");
        });
    }

    private static List<Finding> match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT)
                .findings();
    }
}
