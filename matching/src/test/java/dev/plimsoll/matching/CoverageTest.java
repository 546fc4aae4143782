package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.purl.PackageType;
import org.junit.jupiter.api.Test;

final class CoverageTest {

    private static final TestRecord LODASH =
            TestRecord.of("CVE-2021-23337", "ghsa").language("npm", "lodash", "<4.17.21", "4.17.21");

    private static final TestRecord OPENSSL =
            TestRecord.of("CVE-2023-0286", "debian-tracker").source("debian:11", "openssl", "1.1.1n-0+deb11u4");

    @Test
    void everyEcosystemOfTheImageIsNamedWithWhatIsKnownOfIt() {
        var image = TestImage.of("debian:11")
                .with(TestImage.deb("bash", "5.1-2+deb11u1"))
                .with(TestImage.deb("coreutils", "8.32-4"))
                .with(TestImage.language(PackageType.NPM, "lodash", "4.17.21"))
                .with(TestImage.language(PackageType.GEM, "rack", "3.0.0"))
                .with(TestImage.language(PackageType.NUGET, "Newtonsoft.Json", "13.0.1"));
        assertThat(Matcher.match(image.build(), TestSource.of(LODASH, OPENSSL), MatchOptions.DEFAULT)
                        .coverage())
                .containsExactly(
                        new EcosystemCoverage("debian:11", PackageType.DEB, State.COVERED, 2, 1),
                        new EcosystemCoverage("gem", PackageType.GEM, State.DATA_MISSING, 1, 0),
                        new EcosystemCoverage("npm", PackageType.NPM, State.COVERED, 1, 1),
                        new EcosystemCoverage("nuget", PackageType.NUGET, State.NOT_COVERED, 1, 0));
    }

    @Test
    void aReleaseWithoutRecordsIsMissingData() {
        var image = TestImage.of("debian:13").with(TestImage.deb("bash", "5.2.37-2"));
        assertThat(Matcher.match(image.build(), TestSource.of(OPENSSL), MatchOptions.DEFAULT)
                        .coverage())
                .containsExactly(new EcosystemCoverage("debian:13", PackageType.DEB, State.DATA_MISSING, 1, 0));
    }

    @Test
    void packagesOfADistributionWithoutAKnownReleaseAreMissingData() {
        var image =
                TestImage.withoutDistribution().with(TestImage.rpm("bash", "5.1.8-6.el9", "bash", "5.1.8-6.el9", ""));
        var result = Matcher.match(image.build(), TestSource.of(OPENSSL), MatchOptions.DEFAULT);
        assertThat(result.coverage())
                .containsExactly(new EcosystemCoverage("rpm", PackageType.RPM, State.DATA_MISSING, 1, 0));
        assertThat(result.release()).isEmpty();
    }

    @Test
    void anEmptyImageHasNothingToCover() {
        var result = Matcher.match(TestImage.of("debian:11").build(), TestSource.of(OPENSSL), MatchOptions.DEFAULT);
        assertThat(result.coverage()).isEmpty();
        assertThat(result.findings()).isEmpty();
    }
}
