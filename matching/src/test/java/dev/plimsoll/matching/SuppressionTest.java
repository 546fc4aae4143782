package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.purl.PackageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuppressionTest {

    private static final TestRecord URLLIB3 = TestRecord.of("GHSA-v845-jxx5-vc9f", "ghsa")
            .alias("CVE-2023-43804")
            .language("pypi", "urllib3", "<1.26.17", "1.26.17");

    private static final TestRecord DEBIAN =
            TestRecord.of("CVE-2011-3374", "debian-tracker").unfixed("debian:12", "apt", FixState.NOT_FIXED);

    private static TestImage withUrllib3(String distribution) {
        return TestImage.of(distribution)
                .with(TestImage.ownedBy(
                        TestImage.language(PackageType.PYPI, "urllib3", "1.26.12"),
                        "pkg:deb/debian/python3-urllib3@1.26.12-1"));
    }

    @Test
    void whatADistributionsPackageOwnsIsLeftToTheDistributionsData() {
        var result = match(withUrllib3("debian:12"), URLLIB3, DEBIAN);
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed())
                .extracting(Suppressed::reason)
                .containsExactly(
                        "belongs to pkg:deb/debian/python3-urllib3@1.26.12-1, which the data of debian:12 judges");
    }

    @Test
    void whatIsOwnedStaysAFindingWhereTheDistributionHasNoData() {
        var result = match(withUrllib3("debian:12"), URLLIB3);
        assertThat(result.findings()).hasSize(1);
        assertThat(result.suppressed()).isEmpty();
    }

    @Test
    void whatNobodyOwnsStaysAFinding() {
        var image = TestImage.of("debian:12").with(TestImage.language(PackageType.PYPI, "urllib3", "1.26.12"));
        assertThat(match(image, URLLIB3, DEBIAN).findings()).hasSize(1);
    }

    /// Debian: "[bullseye] - openssl <not-affected>", because only OpenSSL 3.0 has the flaw.
    @Test
    void thatASourceIsNotAffectedCancelsWhatOthersSay() {
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        var naive = TestRecord.of("COMPANY-1", "company")
                .alias("CVE-2022-3602")
                .unfixed("debian:11", "openssl", FixState.NOT_FIXED);
        var tracker = TestRecord.of("CVE-2022-3602", "debian-tracker").notAffected("debian:11", "openssl");
        assertThat(match(image, naive).findings()).hasSize(1);
        var result = match(image, naive, tracker);
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed())
                .extracting(Suppressed::reason)
                .containsExactly("CVE-2022-3602 of debian-tracker says that openssl in debian:11 is not affected");
    }

    @Test
    void thatASourceIsNotAffectedCancelsOnlyItsOwnCveOfAnErratum() {
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        var erratum = TestRecord.of("DSA-1", "test")
                .alias("CVE-2022-3602", "CVE-2023-0286")
                .source("debian:11", "openssl", "9");
        var tracker = TestRecord.of("CVE-2022-3602", "debian-tracker").notAffected("debian:11", "openssl");
        var result = match(image, erratum, tracker);
        assertThat(result.findings()).extracting(Finding::id).containsExactly("CVE-2023-0286");
        assertThat(result.suppressed()).extracting(each -> each.finding().id()).containsExactly("CVE-2022-3602");
    }

    @Test
    void notAffectedInOneReleaseSaysNothingOfALanguagesPackage() {
        var tracker = TestRecord.of("CVE-2023-43804", "debian-tracker").notAffected("debian:12", "urllib3");
        var image = TestImage.of("debian:12").with(TestImage.language(PackageType.PYPI, "urllib3", "1.26.12"));
        assertThat(match(image, URLLIB3, tracker).findings()).hasSize(1);
    }

    /// The tracker's general line names the fix of Debian 12, 3.0.8-1; that of Debian 11 stands in the DSA.
    @Test
    void anErratumOfTheReleaseSilencesARecordThatKnowsNoFixForIt() {
        var tracker = TestRecord.of("CVE-2023-0286", "debian-tracker")
                .about("debian:11", "openssl", true, "<3.0.8-1", FixState.NOT_FIXED, "");
        var erratum = TestRecord.of("DSA-5343-1", "debian-dsa")
                .alias("CVE-2022-4304", "CVE-2023-0286")
                .source("debian:11", "openssl", "1.1.1n-0+deb11u4");
        var later = TestRecord.of("COMPANY-1", "company")
                .alias("CVE-2023-0286")
                .source("debian:11", "openssl", "1.1.1w-0+deb11u9");
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "1.1.1w-0+deb11u1"));
        assertThat(match(image, tracker).findings()).hasSize(1);
        assertThat(match(image, tracker, erratum, later).findings()).hasSize(1);
        var result = match(image, tracker, erratum);
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed())
                .extracting(Suppressed::reason)
                .containsExactly(
                        "DSA-5343-1 of debian-dsa says that openssl in debian:11 is fixed in 1.1.1n-0+deb11u4");
    }

    @ParameterizedTest
    @CsvSource({
        "linux-libc-dev, linux, true",
        "linux-headers-6.1.0-17-amd64, linux, true",
        "linux-kbuild-6.1, linux, true",
        "linux-aws-headers-6.2.0-1017, linux-aws, true",
        "linux-image-6.1.0-17-amd64, linux, false",
        "linux-headers-tool, other, false"
    })
    void theKernelsHeadersAreNotTheKernel(String name, String source, boolean suppressed) {
        var image = TestImage.of("debian:12").with(TestImage.deb(name, "6.1.69-1", source, "6.1.69-1"));
        var record = TestRecord.of("CVE-2024-1086", "debian-tracker").source("debian:12", source, "6.1.76-1");
        var result = match(image, record);
        assertThat(result.suppressed()).hasSize(suppressed ? 1 : 0);
        assertThat(result.findings()).hasSize(suppressed ? 0 : 1);
        if (suppressed) {
            assertThat(result.suppressed().getFirst().reason())
                    .isEqualTo("holds the kernel's headers, not the kernel; matched only through its source package "
                            + source);
        }
    }

    @Test
    void headersThatARecordNamesThemselvesAreAFinding() {
        var image = TestImage.of("almalinux:9")
                .with(TestImage.rpm("kernel-headers", "5.14.0-362.el9", "kernel", "5.14.0-362.el9", ""));
        var direct = TestRecord.of("ALSA-1", "test").binary("almalinux:9", "kernel-headers", "5.14.0-400.el9");
        var indirect = TestRecord.of("ALSA-1", "test").source("almalinux:9", "kernel", "5.14.0-400.el9");
        assertThat(match(image, direct).findings()).hasSize(1);
        assertThat(match(image, indirect).findings()).isEmpty();
    }

    private static MatchResult match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT);
    }
}
