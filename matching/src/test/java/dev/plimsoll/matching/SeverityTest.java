package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Severity;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeverityTest {

    private static final TestImage IMAGE =
            TestImage.of("alpine:3.18").with(TestImage.apk("libcrypto3", "3.1.3-r0", "openssl"));

    private static TestRecord own() {
        return TestRecord.of("CVE-2023-5363", "alpine-secdb").source("alpine:3.18", "openssl", "3.1.4-r0");
    }

    private static TestRecord other() {
        return TestRecord.of("GHSA-xw78-pcr6-wrg8", "ghsa").alias("CVE-2023-5363");
    }

    @Test
    void theRecordsOwnWordGoesFirst() {
        var finding = match(own().severity(Severity.LOW).cvss("3.1", "7.5"), other().severity(Severity.CRITICAL));
        assertThat(finding.severity()).isEqualTo(Severity.LOW);
        assertThat(finding.severitySource()).isEqualTo("CVE-2023-5363");
    }

    @Test
    void theRecordsOwnScoreGoesBeforeAnAliasesWord() {
        var finding = match(own().cvss("3.1", "7.5"), other().severity(Severity.CRITICAL));
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void theNewestVersionsScoreIsTaken() {
        assertThat(match(own().cvss("3.1", "9.8").cvss("4.0", "6.9")).severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void anAliasesRecordHelpsWhereTheOwnSaysNothing() {
        var finding = match(own(), other().severity(Severity.HIGH).cvss("3.1", "7.5"));
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.severitySource()).isEqualTo("GHSA-xw78-pcr6-wrg8");
        assertThat(finding.cvss()).extracting(CvssScore::source).containsExactly("ghsa");
    }

    @Test
    void theWordUnknownSaysNothing() {
        var finding = match(own().severity(Severity.UNKNOWN), other().severity(Severity.HIGH));
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    }

    private static TestRecord erratum() {
        return TestRecord.of("ALSA-2024:0310", "almalinux")
                .alias("CVE-2023-5363", "CVE-2023-6129")
                .severity(Severity.CRITICAL)
                .cvss("3.1", "9.9");
    }

    /// Its word is for the worst of its CVEs, and for another product.
    @Test
    void anErratumOfSeveralCvesSaysNothingOfOtherPackages() {
        assertThat(match(own(), erratum(), other().severity(Severity.LOW)).severity())
                .isEqualTo(Severity.LOW);
        var finding = match(own(), erratum().binary("almalinux:9", "openssl-libs", "1:3.0.7-25.el9_3"));
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.severitySource()).isEmpty();
        assertThat(finding.cvss()).as("nobody can say which CVE it scores").isEmpty();
    }

    @Test
    void anErratumOfSeveralCvesGivesItsWordToThePackagesThatItHits() {
        var image = TestImage.of("almalinux:9.3")
                .with(TestImage.rpm("openssl-libs", "1:3.0.7-24.el9", "openssl", "3.0.7-24.el9", ""));
        var findings = Matcher.match(
                        image.build(),
                        TestSource.of(erratum().binary("almalinux:9", "openssl-libs", "1:3.0.7-25.el9_3")),
                        MatchOptions.DEFAULT)
                .findings();
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.CRITICAL, Severity.CRITICAL);
        assertThat(findings).extracting(Finding::severitySource).containsOnly("ALSA-2024:0310");
    }

    /// Debian calls CVE-2023-44487 unimportant for nginx, and gives nghttp2 no word: that of nginx is not nghttp2's.
    @Test
    void aSourcesWordOnAnotherPackageSaysNothing() {
        var image = TestImage.of("debian:12").with(TestImage.deb("nghttp2", "1.52.0-1"));
        var nghttp2 = TestRecord.of("CVE-2023-44487", "debian-tracker").source("debian:12", "nghttp2", "1.57.0-1");
        var nginx = TestRecord.of("CVE-2023-44487", "debian-tracker")
                .severity(Severity.NEGLIGIBLE)
                .source("debian:12", "nginx", "1.25.0-1");
        assertThat(Matcher.match(image.build(), TestSource.of(nghttp2, nginx), MatchOptions.DEFAULT)
                        .findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.UNKNOWN);
    }

    @Test
    void aWithdrawnRecordSaysNothing() {
        var finding = match(own(), other().severity(Severity.HIGH).withdrawn("2024-01-01T00:00:00Z"));
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
    }

    @Test
    void nobodysWordIsUnknown() {
        var finding = match(own());
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.severitySource()).isEmpty();
    }

    @Test
    void theOwnSourcesScoresStandFirst() {
        var finding = match(own().cvss("3.1", "5.3"), other().cvss("3.1", "7.5"));
        assertThat(finding.cvss()).extracting(CvssScore::source).containsExactly("alpine-secdb", "ghsa");
    }

    @ParameterizedTest
    @CsvSource({
        "3.1, 0.0, NEGLIGIBLE",
        "3.1, 0.1, LOW",
        "3.1, 3.9, LOW",
        "3.1, 4.0, MEDIUM",
        "3.0, 6.9, MEDIUM",
        "3.1, 7.0, HIGH",
        "4.0, 8.9, HIGH",
        "4.0, 9.0, CRITICAL",
        "3.1, 10.0, CRITICAL",
        "2.0, 10.0, HIGH"
    })
    void aScoreBecomesAWordByTheRatingScale(String version, String base, Severity severity) {
        var score = new CvssScore("nvd", version, "", new BigDecimal(base), Optional.empty(), Optional.empty());
        assertThat(SeverityChoice.rating(score)).isEqualTo(severity);
    }

    private static Finding match(TestRecord... records) {
        var findings = Matcher.match(IMAGE.build(), TestSource.of(records), MatchOptions.DEFAULT)
                .findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
