package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.matching.Explanation.Entry;
import dev.plimsoll.matching.Explanation.Outcome;
import dev.plimsoll.matching.Explanation.Why;
import dev.plimsoll.purl.PackageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplanationTest {

    private static final TestRecord TRACKER = TestRecord.of("CVE-2023-0286", "debian-tracker")
            .source("debian:11", "openssl", "1.1.1n-0+deb11u4")
            .source("debian:12", "openssl", "3.0.8-1");

    private static final TestRecord DSA = TestRecord.of("DSA-5343-1", "debian-dsa")
            .alias("CVE-2022-4304", "CVE-2023-0286")
            .source("debian:11", "openssl", "1.1.1n-0+deb11u4");

    private static TestImage image(String version) {
        return TestImage.of("debian:11").with(TestImage.deb("libssl1.1", version, "openssl", version));
    }

    @Test
    void aMatchNamesPackageVersionRangeFixAndRecord() {
        var explanation = explain(image("1.1.1n-0+deb11u3"), "CVE-2023-0286", TRACKER, DSA);
        assertThat(explanation.known()).isTrue();
        assertThat(explanation.entries()).hasSize(3);
        var entry = explanation.entries().getFirst();
        assertThat(entry.record()).isEqualTo("CVE-2023-0286");
        assertThat(entry.feed()).isEqualTo("debian-tracker");
        assertThat(entry.packageName()).isEqualTo("openssl");
        assertThat(entry.item().orElseThrow().name()).isEqualTo("libssl1.1");
        assertThat(entry.comparedVersion()).isEqualTo("1.1.1n-0+deb11u3");
        assertThat(entry.ranges()).containsExactly("<1.1.1n-0+deb11u4");
        assertThat(entry.fixedIn()).containsExactly("1.1.1n-0+deb11u4");
        assertThat(entry.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.finding().id()).isEqualTo("CVE-2023-0286"));
        assertThat(explanation.entries().get(1).record()).isEqualTo("DSA-5343-1");
    }

    @Test
    void anErratumAskedForByItsOwnIdTellsOfEachOfItsCves() {
        var explanation = explain(image("1.1.1n-0+deb11u3"), "DSA-5343-1", DSA);
        assertThat(explanation.entries())
                .extracting(
                        entry -> ((Outcome.Matched) entry.outcome()).finding().id())
                .containsExactlyInAnyOrder("CVE-2022-4304", "CVE-2023-0286");
    }

    @Test
    void aVersionAtTheFixIsNoMatch() {
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2023-0286", DSA)))
                .isEqualTo(new Outcome.NotMatched(
                        Why.VERSION_OUTSIDE, "1.1.1n-0+deb11u4 is at or beyond the fix 1.1.1n-0+deb11u4"));
    }

    @Test
    void aVersionBeforeTheFlawIsNoMatch() {
        var record = TestRecord.of("CVE-2022-3602", "test")
                .about("debian:11", "openssl", true, ">=3.0.0 <3.0.7", FixState.FIXED, "", "3.0.7");
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2022-3602", record)))
                .isEqualTo(new Outcome.NotMatched(Why.VERSION_OUTSIDE, "1.1.1n-0+deb11u4 lies in no affected range"));
    }

    @Test
    void anotherReleaseIsNamed() {
        var explanation = explain(image("1.1.1n-0+deb11u4"), "CVE-2023-0286", TRACKER);
        assertThat(explanation.entries().getLast().outcome())
                .isEqualTo(new Outcome.NotMatched(
                        Why.OTHER_RELEASE, "the record speaks of debian:12, the image is debian:11"));
    }

    @Test
    void anAbsentPackageIsNamed() {
        var record = TestRecord.of("CVE-2021-23337", "ghsa").language("npm", "lodash", "<4.17.21", "4.17.21");
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2021-23337", record)))
                .isEqualTo(new Outcome.NotMatched(Why.PACKAGE_ABSENT, "the image holds no package lodash"));
    }

    @Test
    void anAbsentSourceIsNamedAsOne() {
        var record = TestRecord.of("CVE-2024-3094", "debian-tracker").source("debian:11", "xz-utils", "5.6.1");
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2024-3094", record)))
                .isEqualTo(new Outcome.NotMatched(
                        Why.PACKAGE_ABSENT, "the image holds no package built from the source xz-utils"));
    }

    @Test
    void whatIsNotAffectedSaysSo() {
        var record = TestRecord.of("CVE-2022-3602", "debian-tracker").notAffected("debian:11", "openssl");
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2022-3602", record)))
                .isEqualTo(
                        new Outcome.NotMatched(Why.NOT_AFFECTED, "debian-tracker says that openssl is not affected"));
    }

    @Test
    void aWithdrawnRecordSaysSo() {
        var record = TestRecord.of("CVE-2022-3602", "test")
                .withdrawn("2024-01-01T00:00:00Z")
                .source("debian:11", "openssl", "9");
        assertThat(only(explain(image("1.1.1n-0+deb11u4"), "CVE-2022-3602", record)))
                .isEqualTo(new Outcome.NotMatched(Why.WITHDRAWN, "test took the record back at 2024-01-01T00:00:00Z"));
    }

    @Test
    void aVersionThatCannotBeReadSaysSo() {
        assertThat(only(explain(image("unknown"), "CVE-2023-0286", DSA)))
                .isEqualTo(new Outcome.NotMatched(Why.CANNOT_JUDGE, "'unknown' is no version of the scheme dpkg"));
    }

    @Test
    void anotherModuleSaysSo() {
        var record = TestRecord.of("ALSA-2023:0050", "almalinux")
                .about("almalinux:8", "nodejs", false, "<1:14.21.1-2", FixState.FIXED, "nodejs:14", "1:14.21.1-2");
        var image = TestImage.of("almalinux:8.7")
                .with(TestImage.rpm("nodejs", "1:12.1-1", "nodejs", "12.1-1", "nodejs:12:1:a"));
        assertThat(only(explain(image, "ALSA-2023:0050", record)))
                .isEqualTo(new Outcome.NotMatched(
                        Why.OTHER_BUILD, "the record speaks of module nodejs:14, the package is of nodejs:12:1:a"));
    }

    @Test
    void aProgramBuiltFromACheckoutSaysSo() {
        var record =
                TestRecord.of("CVE-2023-47124", "go").language("golang", "github.com/traefik/traefik/v2", "<2.10.6");
        var image = TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.GOLANG, "github.com/traefik/traefik/v2", "(devel)"));
        assertThat(only(explain(image, "CVE-2023-47124", record)))
                .isEqualTo(new Outcome.NotMatched(
                        Why.UNRELEASED, "built from a checkout, not from a release that could be compared"));
    }

    @Test
    void aSuppressedFindingSaysWhy() {
        var record = TestRecord.of("CVE-2024-1086", "debian-tracker").source("debian:11", "linux", "5.10.209-1");
        var image =
                TestImage.of("debian:11").with(TestImage.deb("linux-libc-dev", "5.10.205-2", "linux", "5.10.205-2"));
        assertThat(only(explain(image, "CVE-2024-1086", record)))
                .isInstanceOfSatisfying(
                        Outcome.Silenced.class,
                        silenced -> assertThat(silenced.reason()).startsWith("holds the kernel's headers"));
    }

    @ParameterizedTest
    @CsvSource({"cve-2023-39325", "GHSA-4374-P667-P6C8", "ghsa-4374-p667-p6c8", "go-2023-2102", "' CVE-2023-39325 '"})
    void anIdMayBeWrittenInAnyCase(String id) {
        var record = TestRecord.of("GO-2023-2102", "go")
                .alias("CVE-2023-39325", "GHSA-4374-p667-p6c8")
                .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");
        var image = TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.GOLANG, "golang.org/x/net", "v0.16.0"));
        assertThat(only(explain(image, id, record))).isInstanceOf(Outcome.Matched.class);
    }

    @Test
    void anIdThatTheDataHasInItsOwnCaseIsTakenAsItIs() {
        var record = TestRecord.of("company-1", "company").language("npm", "lodash", "<4.17.21", "4.17.21");
        var image = TestImage.withoutDistribution().with(TestImage.language(PackageType.NPM, "lodash", "4.17.20"));
        assertThat(only(explain(image, "company-1", record))).isInstanceOf(Outcome.Matched.class);
    }

    @Test
    void ofOtherReleasesThoseOfTheImagesDistributionStandFirst() {
        var record = TestRecord.of("CVE-2023-0286", "test")
                .source("alpine:3.18", "openssl", "3.0.8-r0")
                .source("debian:12", "openssl", "3.0.8-1");
        assertThat(explain(image("1.1.1n-0+deb11u4"), "CVE-2023-0286", record).entries())
                .extracting(entry -> entry.ecosystem().toString())
                .containsExactly("debian:12", "alpine:3.18");
    }

    @Test
    void anIdThatNobodyKnowsIsNotKnown() {
        var explanation = explain(image("1.1.1n-0+deb11u4"), "CVE-1999-0001", DSA);
        assertThat(explanation.known()).isFalse();
        assertThat(explanation.entries()).isEmpty();
    }

    @Test
    void whatCouldNotBeJudgedAtAllIsTold() {
        var image = TestImage.of("debian:13").with(TestImage.deb("openssl", "3.5.1-1"));
        assertThat(explain(image, "CVE-2023-0286", DSA).unjudged())
                .extracting(EcosystemCoverage::name)
                .containsExactly("debian:13");
    }

    @Test
    void anAliasLeadsToTheRecordsOfTheCve() {
        var ghsa = TestRecord.of("GHSA-4374-p667-p6c8", "ghsa").alias("CVE-2023-39325");
        var go = TestRecord.of("GO-2023-2102", "go")
                .alias("CVE-2023-39325")
                .language("golang", "golang.org/x/net", "<0.17.0", "0.17.0");
        var image = TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.GOLANG, "golang.org/x/net", "v0.16.0"));
        var explanation = explain(image, "GHSA-4374-p667-p6c8", ghsa, go);
        assertThat(explanation.entries()).extracting(Entry::record).containsExactly("GO-2023-2102");
        assertThat(explanation.entries().getFirst().outcome()).isInstanceOf(Outcome.Matched.class);
    }

    /// Log4Shell was fixed in three branches, and the record lists the package once for each.
    private static TestRecord branches() {
        return TestRecord.of("GHSA-jfh8-c2jp-5v3q", "ghsa")
                .alias("CVE-2021-44228")
                .language("maven", "org.apache.logging.log4j:log4j-core", "<2.3.1", "2.3.1")
                .language("maven", "org.apache.logging.log4j:log4j-core", ">=2.4 <2.12.2", "2.12.2")
                .language("maven", "org.apache.logging.log4j:log4j-core", ">=2.13.0 <2.15.0", "2.15.0");
    }

    private static TestImage log4j(String version) {
        return TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.MAVEN, "org.apache.logging.log4j:log4j-core", version));
    }

    @Test
    void aRecordMatchesWhereOneOfItsRangesDoes() {
        var explanation = explain(log4j("2.14.1"), "CVE-2021-44228", branches());
        assertThat(only(explanation)).isInstanceOf(Outcome.Matched.class);
        assertThat(explanation.entries().getFirst().ranges()).containsExactly(">=2.13.0 <2.15.0");
        assertThat(explanation.entries().getFirst().fixedIn()).containsExactly("2.15.0");
    }

    @ParameterizedTest
    @CsvSource({
        "2.12.3, 2.12.3 lies in no affected range",
        "2.17.1, 2.17.1 lies in no affected range",
    })
    void aRecordWithoutAMatchTellsAllOfItsRanges(String version, String reason) {
        var explanation = explain(log4j(version), "CVE-2021-44228", branches());
        assertThat(only(explanation)).isEqualTo(new Outcome.NotMatched(Why.VERSION_OUTSIDE, reason));
        assertThat(explanation.entries().getFirst().ranges())
                .containsExactlyInAnyOrder("<2.3.1", ">=2.4 <2.12.2", ">=2.13.0 <2.15.0");
        assertThat(explanation.entries().getFirst().fixedIn()).containsExactlyInAnyOrder("2.3.1", "2.12.2", "2.15.0");
    }

    @Test
    void twoRecordsOfOnePackageStayApart() {
        var other = TestRecord.of("CVE-2021-44228", "own")
                .language("maven", "org.apache.logging.log4j:log4j-core", "<2.0", "2.0");
        assertThat(explain(log4j("2.14.1"), "CVE-2021-44228", branches(), other).entries())
                .extracting(Entry::record)
                .containsExactly("GHSA-jfh8-c2jp-5v3q", "CVE-2021-44228");
    }

    @Test
    void anUnknownIdStaysAsItWasTyped() {
        var explanation = explain(log4j("2.14.1"), " no-Such-Id ", branches());
        assertThat(explanation.known()).isFalse();
        assertThat(explanation.id()).isEqualTo("no-Such-Id");
        assertThat(explanation.ids()).containsExactly("no-Such-Id");
    }

    private static Explanation explain(TestImage image, String id, TestRecord... records) {
        return Matcher.explain(image.build(), TestSource.of(records), MatchOptions.DEFAULT, id);
    }

    private static Outcome only(Explanation explanation) {
        assertThat(explanation.entries()).hasSize(1);
        return explanation.entries().getFirst().outcome();
    }
}
