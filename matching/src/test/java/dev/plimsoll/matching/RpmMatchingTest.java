package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.FixState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms in which AlmaLinux writes its errata.
final class RpmMatchingTest {

    private static final String FIXED = "1.0-2.module_el8.7.0+3373+a4c18c43";
    private static final String INSTALLED = "1.0-1.module_el8.6.0+3221+1e76a1a5";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Low: virt:rhel and virt-devel:rhel security and bug fix update | virt:rhel:8070:ad008a3a | 1",
                "Low: virt:rhel and virt-devel:rhel security and bug fix update | virt-devel:rhel:8070:ad008a3a | 1",
                "Low: virt:rhel and virt-devel:rhel security and bug fix update | nodejs:18:8070:ad008a3a | 0",
                "Important: httpd:2.4/mod_http2 security update | httpd:2.4:8070:ad008a3a | 1",
                "Important: httpd:2.4/mod_http2 security update | httpd:2.2:8070:ad008a3a | 0",
                "new module: php:8.0 | php:8.0:8070:ad008a3a | 1",
                "new module: php:8.0 | php:7.4:8070:ad008a3a | 0",
                "ALSA-2022:5468: php:8.0 security update (Important) | php:8.0:8070:ad008a3a | 1",
                "ALSA-2022:5468: php:8.0 security update (Important) | php:7.4:8070:ad008a3a | 0",
                "Important: varnish security update | varnish:6:8070:ad008a3a | 1"
            })
    void everyModuleThatASummaryNamesIsHitAndNoOther(String summary, String label, int findings) {
        var record = TestRecord.of("ALSA-2024:4351", "almalinux")
                .summary(summary)
                .about("almalinux:8", "tool", false, "<" + FIXED, FixState.FIXED, "module_el8.7.0+3373", FIXED);
        var image = TestImage.of("almalinux:8.7").with(TestImage.rpm("tool", INSTALLED, "tool", INSTALLED, label));
        assertThat(match(image, record).findings()).hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({
        "ALSA-2021:1099, '', 1",
        "ALBA-2021:1099, '', 0",
        "ALEA-2021:1099, '', 0",
        "ALBA-2021:1099, CVE-2021-20225, 1"
    })
    void anErratumOfBugsCountsOnlyForTheVulnerabilityThatItNames(String id, String alias, int findings) {
        var record = TestRecord.of(id, "almalinux").binary("almalinux:8", "grub2-common", "1:2.02-90.el8_3.1.alma");
        if (!alias.isEmpty()) {
            record.alias(alias);
        }
        var image = TestImage.of("almalinux:8.3")
                .with(TestImage.rpm("grub2-common", "1:2.02-87.el8", "grub2", "2.02-87.el8", ""));
        assertThat(match(image, record).findings()).hasSize(findings);
    }

    @Test
    void thatAnErratumIsOneOfBugsIsExplained() {
        var record = TestRecord.of("ALBA-2021:1099", "almalinux")
                .binary("almalinux:8", "grub2-common", "1:2.02-90.el8_3.1.alma");
        var image = TestImage.of("almalinux:8.3")
                .with(TestImage.rpm("grub2-common", "1:2.02-87.el8", "grub2", "2.02-87.el8", ""));
        var explanation = Matcher.explain(image.build(), TestSource.of(record), MatchOptions.DEFAULT, "ALBA-2021:1099");
        assertThat(explanation.entries())
                .extracting(Explanation.Entry::outcome)
                .containsExactly(new Explanation.Outcome.NotMatched(
                        Explanation.Why.OTHER_BUILD, "the record is an erratum of bugs, it names no vulnerability"));
    }

    /// Nobody's data serves another distribution, however near: what it would say of the rest nobody knows.
    @ParameterizedTest
    @CsvSource({
        "almalinux:9, rhel:9.4",
        "almalinux:9, rocky:9.4",
        "almalinux:9, centos:9",
        "almalinux:9, ol:9.4",
        "rhel:9, almalinux:9.4",
        "rhel:9, rocky:9.4",
        "rocky:9, rhel:9.4",
        "rhel:9, rhel:8.9"
    })
    void dataOfOneDistributionIsMissingForAnother(String data, String image) {
        var record = TestRecord.of("ALSA-2023:0946", "almalinux").binary(data, "openssl-libs", "1:3.0.1-47.el9_1");
        var result = match(
                TestImage.of(image)
                        .with(TestImage.rpm("openssl-libs", "1:3.0.1-43.el9_0", "openssl", "3.0.1-43.el9_0", "")),
                record);
        assertThat(result.findings()).isEmpty();
        assertThat(result.coverage())
                .extracting(EcosystemCoverage::state)
                .containsExactly(EcosystemCoverage.State.DATA_MISSING);
    }

    private static MatchResult match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT);
    }
}
