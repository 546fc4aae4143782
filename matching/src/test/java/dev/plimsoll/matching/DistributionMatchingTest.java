package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionMatchingTest {

    private static final TestRecord OPENSSL =
            TestRecord.of("CVE-2023-0286", "debian-tracker").source("debian:11", "openssl", "1.1.1n-0+deb11u4");

    @Test
    void aBinaryPackageIsFoundThroughItsSourcePackage() {
        var image = TestImage.of("debian:11")
                .with(TestImage.deb("libssl1.1", "1.1.1n-0+deb11u3", "openssl", "1.1.1n-0+deb11u3"));
        var findings = match(image, OPENSSL).findings();
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.reasons())
                        .containsExactly(new MatchReason(
                                Ecosystem.parse("debian:11").orElseThrow(),
                                "openssl",
                                "1.1.1n-0+deb11u3",
                                true,
                                "<1.1.1n-0+deb11u4",
                                List.of(VersionInterval.before("1.1.1n-0+deb11u4")),
                                "CVE-2023-0286",
                                "debian-tracker")));
        assertThat(findings.getFirst().fixedIn()).containsExactly("1.1.1n-0+deb11u4");
    }

    @Test
    void aReasonNamesTheOtherBranchesThatItsRecordSpeaksOf() {
        var record = TestRecord.of("GHSA-aaaa-bbbb-cccc", "ghsa")
                .language("npm", "foo", "<1.0.5", "1.0.5")
                .language("npm", "foo", ">=2.0.0 <2.0.9", "2.0.9");
        var other = TestRecord.of("GHSA-dddd-bbbb-cccc", "ghsa").language("npm", "foo", ">=3.0.0 <3.0.9", "3.0.9");

        assertThat(match(
                                TestImage.of("debian:12").with(TestImage.language(PackageType.NPM, "foo", "1.0.0")),
                                record,
                                other)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.reasons().getFirst().affected())
                        .containsExactlyInAnyOrder(
                                VersionInterval.parse("<1.0.5"), VersionInterval.parse(">=2.0.0 <2.0.9")));
    }

    @Test
    void theFixedVersionDoesNotMatch() {
        var image = TestImage.of("debian:11")
                .with(TestImage.deb("libssl1.1", "1.1.1n-0+deb11u4", "openssl", "1.1.1n-0+deb11u4"));
        assertThat(match(image, OPENSSL).findings()).isEmpty();
    }

    /// lvm2 builds libdevmapper with a version and an epoch of its own.
    @Test
    void aSourceRecordIsComparedWithTheSourceVersion() {
        var image = TestImage.of("debian:12")
                .with(TestImage.deb("libdevmapper1.02.1", "2:1.02.185-2", "lvm2", "2.03.16-2"));
        var before = TestRecord.of("COMPANY-1", "company").source("debian:12", "lvm2", "2.03.16-3");
        var after = TestRecord.of("COMPANY-2", "company").source("debian:12", "lvm2", "2.03.16-2");
        assertThat(match(image, before, after).findings())
                .extracting(Finding::id)
                .containsExactly("COMPANY-1");
    }

    @Test
    void aSourceRecordDoesNotHitAnotherBinaryOfTheSameName() {
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "1.0", "openssl-wrapper", "1.0"));
        assertThat(match(image, OPENSSL).findings()).isEmpty();
    }

    @Test
    void aRecordOfABinaryPackageIsComparedWithTheBinaryVersion() {
        var record =
                TestRecord.of("ALSA-2023:0946", "almalinux").binary("almalinux:9", "openssl-libs", "1:3.0.1-47.el9_1");
        var image = TestImage.of("almalinux:9.1")
                .with(TestImage.rpm("openssl-libs", "1:3.0.1-43.el9_0", "openssl", "3.0.1-43.el9_0", ""));
        assertThat(match(image, record).findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.reasons().getFirst().indirect()).isFalse());
    }

    @Test
    void anotherReleaseDoesNotMatch() {
        var image = TestImage.of("debian:12").with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        assertThat(match(image, OPENSSL).findings()).isEmpty();
    }

    @Test
    void dataOfAlmaLinuxDoesNotServeRedHat() {
        var record =
                TestRecord.of("ALSA-2023:0946", "almalinux").binary("almalinux:9", "openssl-libs", "1:3.0.1-47.el9_1");
        var image = TestImage.of("rhel:9.1")
                .with(TestImage.rpm("openssl-libs", "1:3.0.1-43.el9_0", "openssl", "3.0.1-43.el9_0", ""));
        var result = match(image, record);
        assertThat(result.findings()).isEmpty();
        assertThat(result.coverage().getFirst().state()).isEqualTo(EcosystemCoverage.State.DATA_MISSING);
    }

    /// The fixes of Ubuntu Pro reach only those who subscribed to it.
    @Test
    void dataOfUbuntuProDoesNotServePlainUbuntu() {
        var pro = TestRecord.of("USN-6409-1", "usn").source("ubuntu-pro:20.04", "glibc", "2.31-0ubuntu9.14+esm1");
        var plain = TestRecord.of("USN-6541-1", "usn").source("ubuntu:20.04", "bash", "5.0-6ubuntu1.2");
        var image =
                TestImage.of("ubuntu:20.04").with(TestImage.deb("libc6", "2.31-0ubuntu9", "glibc", "2.31-0ubuntu9"));
        var result = match(image, pro, plain);
        assertThat(result.findings()).isEmpty();
        assertThat(result.coverage())
                .extracting(EcosystemCoverage::state)
                .containsExactly(EcosystemCoverage.State.COVERED);
    }

    /// Debian's testing and unstable give no number, only the code name of the release to come.
    @Test
    void testingIsFoundByItsCodeName() {
        var testing = new Distribution("debian", "", "forky", List.of(), "Debian GNU/Linux forky/sid");
        var record = TestRecord.of("CVE-2023-0286", "debian-tracker").source("debian:14", "openssl", "3.5.9-1");
        var image = TestImage.of(testing).with(TestImage.deb("openssl", "3.5.1-1"));
        assertThat(match(image, record).findings()).hasSize(1);
    }

    /// A rebuild of the binary alone: dpkg writes the source's own version beside it.
    @Test
    void aRebuildOfTheBinaryIsComparedByItsSourcesVersion() {
        var record =
                TestRecord.of("CVE-2023-45853", "debian-tracker").source("debian:12", "zlib", "1:1.2.13.dfsg-1+b2");
        var image = TestImage.of("debian:12")
                .with(TestImage.deb("zlib1g", "1:1.2.13.dfsg-1+b2", "zlib", "1:1.2.13.dfsg-1"));
        assertThat(match(image, record).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.reasons().getFirst().searchedVersion())
                        .isEqualTo("1:1.2.13.dfsg-1"));
    }

    @Test
    void theUsersDistributionGoesBeforeTheImages() {
        var image = TestImage.withoutDistribution().with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        var options = new MatchOptions(Distribution.parse("debian:11"), false);
        var result = Matcher.match(image.build(), TestSource.of(OPENSSL), options);
        assertThat(result.findings()).hasSize(1);
        assertThat(result.release().orElseThrow()).hasToString("debian:11");
        assertThat(result.lifecycle().orElseThrow().cycle()).isEqualTo("11");
    }

    @Test
    void anAlpinePackageIsFoundThroughItsOrigin() {
        var record = TestRecord.of("CVE-2023-5363", "alpine-secdb").source("alpine:3.18", "openssl", "3.1.4-r0");
        var image = TestImage.of("alpine:3.18.4").with(TestImage.apk("libcrypto3", "3.1.3-r0", "openssl"));
        assertThat(match(image, record).findings()).hasSize(1);
    }

    @Test
    void aPackageOfAnotherKindThanTheDistributionsIsNotJudgedByItsData() {
        var image = TestImage.of("debian:11").with(TestImage.apk("openssl", "1.0-r0", "openssl"));
        var result = match(image, OPENSSL);
        assertThat(result.findings()).isEmpty();
        assertThat(result.coverage())
                .extracting(EcosystemCoverage::name, EcosystemCoverage::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("apk", EcosystemCoverage.State.DATA_MISSING));
    }

    @ParameterizedTest
    @CsvSource({"x86_64, 1", "aarch64, 0"})
    void aRecordLimitedToAnArchitectureHitsOnlyThat(String architecture, int findings) {
        var record = TestRecord.of("CVE-2023-0286", "test")
                .binary("almalinux:9", "openssl-libs", "1:3.0.1-47.el9_1")
                .onlyOn(architecture);
        var image = TestImage.of("almalinux:9")
                .with(TestImage.rpm("openssl-libs", "1:3.0.1-43.el9_0", "openssl", "3.0.1-43.el9_0", ""));
        assertThat(match(image, record).findings()).hasSize(findings);
    }

    /// perl-Errno has its own version; its SOURCERPM, perl-5.26.3-416.el8.src.rpm, leaves out perl's epoch 4.
    @ParameterizedTest
    @CsvSource({
        "5.26.3-419.el8, <4:5.26.3-419.el8, 0",
        "5.26.3-416.el8, <4:5.26.3-419.el8, 1",
        "4:5.26.3-419.el8, <5:5.26, 1"
    })
    void aSourceVersionWithoutEpochTakesTheRecordsEpoch(String sourceVersion, String range, int findings) {
        var record = TestRecord.of("CVE-2020-10878", "redhat")
                .about("rhel:8", "perl", true, range, FixState.FIXED, "", range.substring(1));
        var image =
                TestImage.of("rhel:8.3").with(TestImage.rpm("perl-Errno", "1.28-416.el8", "perl", sourceVersion, ""));
        assertThat(match(image, record).findings()).hasSize(findings);
        if (findings == 1) {
            assertThat(match(image, record)
                            .findings()
                            .getFirst()
                            .reasons()
                            .getFirst()
                            .range())
                    .isEqualTo(range);
        }
    }

    @Test
    void aBinaryVersionWithoutEpochHasEpochZero() {
        var record = TestRecord.of("CVE-2023-0286", "test").binary("almalinux:9", "tool", "1:0.5-1.el9");
        var image = TestImage.of("almalinux:9").with(TestImage.rpm("tool", "2.0-1.el9", "tool", "2.0-1.el9", ""));
        assertThat(match(image, record).findings()).hasSize(1);
    }

    private static final String NODE_14 = "1:14.21.1-2.module_el8.7.0+3373+a4c18c43";

    @ParameterizedTest
    @CsvSource({
        "1:14.20.0-2.module_el8.6.0+3221+1e76a1a5, nodejs:14:8060020220523160029:ad008a3a, 1",
        "1:14.20.0-2.module_el8.6.0+3221+1e76a1a5, '', 1",
        "1:12.22.12-1.module_el8.6.0+2904+fa9b97ae, nodejs:12:8060020220523160029:ad008a3a, 0",
        "1:14.20.0-2.module_el8.6.0+3221+1e76a1a5, nodejs:1:8060020220523160029:ad008a3a, 0",
        "1:14.20.0-2.module_el8.6.0+3221+1e76a1a5, nodejs:140:8060020220523160029:ad008a3a, 0",
        "1:14.20.0-2.el8, '', 0"
    })
    void anErratumOfAModuleHitsOnlyItsOwnStream(String version, String label, int findings) {
        var image = TestImage.of("almalinux:8.7").with(TestImage.rpm("nodejs", version, "nodejs", version, label));
        var byModule = TestRecord.of("ALSA-2023:0050", "almalinux")
                .about("almalinux:8", "nodejs", false, "<" + NODE_14, FixState.FIXED, "nodejs:14", NODE_14);
        var bySummary = TestRecord.of("ALSA-2023:0050", "almalinux")
                .summary("Moderate: nodejs:14 security, bug fix, and enhancement update")
                .binary("almalinux:8", "nodejs", NODE_14);
        var byMark = TestRecord.of("ALSA-2023:0050", "almalinux")
                .summary("Moderate: nodejs:14 security, bug fix, and enhancement update")
                .about(
                        "almalinux:8",
                        "nodejs",
                        false,
                        "<" + NODE_14,
                        FixState.FIXED,
                        "module_el8.7.0+3373+a4c18c43",
                        NODE_14);
        assertThat(match(image, byMark).findings()).as("mark of the version").hasSize(findings);
        assertThat(match(image, byModule).findings()).as("module of the record").hasSize(findings);
        assertThat(match(image, bySummary).findings())
                .as("module of the summary")
                .hasSize(findings);
    }

    @Test
    void anErratumThatNamesNoStreamHitsEveryBuildForAModule() {
        var record = TestRecord.of("ALSA-2023:5989", "almalinux")
                .summary("Important: varnish security update")
                .about(
                        "almalinux:8",
                        "varnish",
                        false,
                        "<6.0.8-3.module_el8.8.0+3665+0b8dabc5.1.alma.1",
                        FixState.FIXED,
                        "module_el8.8.0+3665+0b8dabc5.1.alma.1",
                        "6.0.8-3.module_el8.8.0+3665+0b8dabc5.1.alma.1");
        var version = "6.0.8-2.module_el8.7.0+3373+a4c18c43";
        var image = TestImage.of("almalinux:8.8")
                .with(TestImage.rpm("varnish", version, "varnish", version, "varnish:6:8070020230101000000:ad008a3a"));
        assertThat(match(image, record).findings()).hasSize(1);
    }

    @Test
    void anErratumOutsideModulesDoesNotHitAModulesBuild() {
        var record = TestRecord.of("COMPANY-1", "company").binary("almalinux:8", "nodejs", "1:18.0-1.el8");
        var image = TestImage.of("almalinux:8.7")
                .with(TestImage.rpm("nodejs", NODE_14, "nodejs", NODE_14, "nodejs:14:1:a"));
        assertThat(match(image, record).findings()).isEmpty();
    }

    @Test
    void aPackageVersionThatCannotBeReadIsOneProblemAndNoFinding() {
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "unknown"));
        var other = TestRecord.of("CVE-2022-4450", "debian-tracker").source("debian:11", "openssl", "1.1.1n-0+deb11u4");
        var result = match(image, OPENSSL, other);
        assertThat(result.findings()).isEmpty();
        assertThat(result.problems())
                .containsExactly("openssl unknown cannot be compared: 'unknown' is no version of the scheme dpkg");
    }

    @Test
    void aRangeThatCannotBeReadIsAProblemOfItsRecord() {
        var image = TestImage.of("debian:11").with(TestImage.deb("openssl", "1.1.1n-0+deb11u3"));
        var record = TestRecord.of("CVE-2023-0286", "company").source("debian:11", "openssl", "<next>");
        assertThat(match(image, record).problems())
                .containsExactly("openssl 1.1.1n-0+deb11u3 cannot be compared with CVE-2023-0286:"
                        + " '<next>' is no version of the scheme dpkg");
    }

    @Test
    void theSameInputsInAnyOrderGiveTheSameResult() {
        var first = TestImage.deb("libssl1.1", "1.1.1n-0+deb11u3", "openssl", "1.1.1n-0+deb11u3");
        var second = TestImage.deb("openssl", "1.1.1n-0+deb11u3");
        var other = TestRecord.of("CVE-2022-4450", "debian-tracker").source("debian:11", "openssl", "1.1.1n-0+deb11u4");
        var one = match(TestImage.of("debian:11").with(first).with(second), OPENSSL, other);
        var reversed = match(TestImage.of("debian:11").with(second).with(first), other, OPENSSL);
        assertThat(one).isEqualTo(reversed);
        assertThat(one.findings())
                .extracting(Finding::id)
                .isEqualTo(List.of("CVE-2022-4450", "CVE-2022-4450", "CVE-2023-0286", "CVE-2023-0286"));
    }

    private static MatchResult match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT);
    }
}
