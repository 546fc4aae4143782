package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FixTest {

    private static final TestImage IMAGE = TestImage.of("debian:12").with(TestImage.deb("apt", "2.6.1"));

    private static final TestImage LOG4J = TestImage.withoutDistribution()
            .with(TestImage.language(PackageType.MAVEN, "org.apache.logging.log4j:log4j-core", "2.14.1"));

    /// Every pair of states that two records may give.
    @ParameterizedTest
    @CsvSource({
        "FIXED, FIXED, FIXED",
        "FIXED, WONT_FIX, FIXED",
        "FIXED, NOT_FIXED, FIXED",
        "FIXED, UNKNOWN, FIXED",
        "WONT_FIX, WONT_FIX, WONT_FIX",
        "WONT_FIX, NOT_FIXED, WONT_FIX",
        "WONT_FIX, UNKNOWN, WONT_FIX",
        "NOT_FIXED, NOT_FIXED, NOT_FIXED",
        "NOT_FIXED, UNKNOWN, NOT_FIXED",
        "UNKNOWN, UNKNOWN, UNKNOWN"
    })
    void theBestKnownStateOfTwoRecordsCounts(FixState one, FixState other, FixState expected) {
        assertThat(match(state("A", one), state("B", other)).fixState()).isEqualTo(expected);
        assertThat(match(state("A", other), state("B", one)).fixState()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(FixState.class)
    void everyStateAloneIsKept(FixState state) {
        var result = Matcher.match(IMAGE.build(), TestSource.of(state("A", state)), MatchOptions.DEFAULT);
        if (state == FixState.NOT_AFFECTED) {
            assertThat(result.findings()).isEmpty();
            assertThat(result.suppressed()).isEmpty();
        } else {
            assertThat(result.findings()).extracting(Finding::fixState).containsExactly(state);
        }
    }

    @ParameterizedTest
    @EnumSource(FixState.class)
    void onlyFixedLeavesFindingsWithAFix(FixState state) {
        var options = new MatchOptions(MatchOptions.DEFAULT.distributionOverride(), true);
        var result = Matcher.match(IMAGE.build(), TestSource.of(state("A", state)), options);
        assertThat(result.findings()).hasSize(state == FixState.FIXED ? 1 : 0);
        boolean suppressed = state != FixState.FIXED && state != FixState.NOT_AFFECTED;
        assertThat(result.suppressed()).hasSize(suppressed ? 1 : 0);
        if (suppressed) {
            assertThat(result.suppressed().getFirst().reason())
                    .isEqualTo("has no fix (" + state.word() + "), and only findings with one were asked for");
        }
    }

    @Test
    void fixesStandInTheSchemesOrderWithoutThoseOfOlderBranches() {
        var records = TestSource.of(
                log4j("CVE-2021-44228", "a", "<2.15.0", "2.15.0", "2.3.1", "2.12.2"),
                log4j("GHSA-jfh8-c2jp-5v3q", "b", "<2.15.0", "2.100.0", "2.15.0"));
        assertThat(Matcher.match(LOG4J.build(), records, MatchOptions.DEFAULT).findings())
                .extracting(Finding::fixedIn)
                .containsExactly(List.of("2.15.0", "2.100.0"));
    }

    /// Log4Shell's first fix, 2.15.0, was not enough: who goes there is still a finding by the second record.
    @Test
    void aFixThatAnotherRecordCallsStillAffectedIsNone() {
        var records = TestSource.of(
                log4j("CVE-2021-44228", "a", "<2.15.0", "2.15.0"),
                log4j("GHSA-jfh8-c2jp-5v3q", "b", "<2.16.0", "2.16.0"));
        assertThat(Matcher.match(LOG4J.build(), records, MatchOptions.DEFAULT).findings())
                .extracting(Finding::fixedIn)
                .containsExactly(List.of("2.16.0"));
    }

    @Test
    void whereNoFixIsEnoughAllAreTold() {
        var records = TestSource.of(
                log4j("CVE-2021-44228", "a", "<2.15.0", "2.15.0"), log4j("GHSA-jfh8-c2jp-5v3q", "b", "*"));
        assertThat(Matcher.match(LOG4J.build(), records, MatchOptions.DEFAULT).findings())
                .extracting(Finding::fixedIn)
                .containsExactly(List.of("2.15.0"));
    }

    /// lvm2's binary has an epoch of its own, 2, that says nothing of the source's versions.
    @Test
    void aFixIsWeighedOnlyAgainstRecordsOfTheSameVersions() {
        var image = TestImage.of("debian:12")
                .with(TestImage.deb("libdevmapper1.02.1", "2:1.02.185-2", "lvm2", "2.03.16-2"));
        var bySource = TestRecord.of("COMPANY-1", "a").source("debian:12", "lvm2", "2.03.16-3");
        var byBinary = TestRecord.of("COMPANY-1", "b").binary("debian:12", "libdevmapper1.02.1", "2:1.02.185-3");
        assertThat(Matcher.match(image.build(), TestSource.of(bySource, byBinary), MatchOptions.DEFAULT)
                        .findings())
                .extracting(Finding::fixedIn)
                .containsExactly(List.of("2.03.16-3", "2:1.02.185-3"));
    }

    private static TestRecord log4j(String id, String feed, String range, String... fixed) {
        return TestRecord.of(id, feed)
                .alias("CVE-2021-44228")
                .language("maven", "org.apache.logging.log4j:log4j-core", range, fixed);
    }

    @Test
    void aFixOfAnOlderBranchAloneIsNone() {
        var finding = match(
                TestRecord.of("CVE-2011-3374", "a").about("debian:12", "apt", true, "*", FixState.FIXED, "", "1.0"));
        assertThat(finding.fixState()).isEqualTo(FixState.NOT_FIXED);
        assertThat(finding.fixedIn()).isEmpty();
    }

    @Test
    void anErratumDatesItsFix() {
        var dated =
                erratum("DSA-1-1", "2.6.2").published("2023-10-11T00:00:00Z").modified("2024-01-01T00:00:00Z");

        assertThat(match(dated).fixDate()).contains(new FixDate(Instant.parse("2023-10-11T00:00:00Z"), true));
        assertThat(match(erratum("DSA-1-1", "2.6.2")).fixDate()).isEmpty();
        assertThat(match(
                                erratum("ALSA-2023:1", "2.6.2").published("2023-11-01T00:00:00Z"),
                                erratum("USN-1-1", "2.6.2").published("2023-10-11T00:00:00Z"))
                        .fixDate())
                .contains(new FixDate(Instant.parse("2023-10-11T00:00:00Z"), true));
    }

    /// A vulnerability is often published before there is a fix, so that only its last change bounds the fix.
    @Test
    void anotherRecordBoundsItByItsLastChange() {
        var record = state("ghsa", FixState.FIXED).published("2020-01-01T00:00:00Z");

        assertThat(match(record).fixDate()).isEmpty();
        assertThat(match(record.modified("2024-01-01T00:00:00Z")).fixDate())
                .contains(new FixDate(Instant.parse("2024-01-01T00:00:00Z"), false));
    }

    /// A record without a fix, and one whose fix is not enough, date none.
    @Test
    void onlyAFixThatCountsIsDated() {
        assertThat(match(state("a", FixState.NOT_FIXED).modified("2020-01-01T00:00:00Z"))
                        .fixDate())
                .isEmpty();
        var records = TestSource.of(
                log4j("CVE-2021-44228", "a", "<2.15.0", "2.15.0").modified("2021-12-10T00:00:00Z"),
                log4j("GHSA-jfh8-c2jp-5v3q", "b", "<2.16.0", "2.16.0").modified("2021-12-14T00:00:00Z"));
        assertThat(Matcher.match(LOG4J.build(), records, MatchOptions.DEFAULT).findings())
                .extracting(Finding::fixDate)
                .containsExactly(Optional.of(new FixDate(Instant.parse("2021-12-14T00:00:00Z"), false)));
    }

    private static TestRecord erratum(String id, String fixed) {
        return TestRecord.of(id, id).alias("CVE-2011-3374").source("debian:12", "apt", fixed);
    }

    private static TestRecord state(String feed, FixState state) {
        var record = TestRecord.of("CVE-2011-3374", feed);
        return switch (state) {
            case FIXED -> record.source("debian:12", "apt", "2.6.2");
            case NOT_AFFECTED -> record.notAffected("debian:12", "apt");
            case NOT_FIXED, WONT_FIX, UNKNOWN -> record.unfixed("debian:12", "apt", state);
        };
    }

    private static Finding match(TestRecord... records) {
        return Matcher.match(IMAGE.build(), TestSource.of(records), MatchOptions.DEFAULT)
                .findings()
                .getFirst();
    }
}
