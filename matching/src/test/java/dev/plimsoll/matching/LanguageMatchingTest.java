package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.purl.PackageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageMatchingTest {

    @ParameterizedTest
    @CsvSource({
        "NPM, npm, lodash, 4.17.20, <4.17.21, 1",
        "NPM, npm, lodash, 4.17.21, <4.17.21, 0",
        "NPM, npm, lodash, 4.17.21-rc.1, <4.17.21, 1",
        "NPM, npm, @babel/traverse, 7.23.1, <7.23.2, 1",
        "MAVEN, maven, org.apache.logging.log4j:log4j-core, 2.14.1, >=2.13.0 <2.15.0, 1",
        "PYPI, pypi, urllib3, 1.26.16, <1.26.17, 1",
        "PYPI, pypi, urllib3, 1.26.17rc1, <1.26.17, 1",
        "PYPI, pypi, urllib3, 1.26.17.post1, <1.26.17, 0",
        "GEM, gem, rack, 2.2.6.3.pre1, <2.2.6.3, 1",
        "GEM, gem, rack, 2.2.6.2, <2.2.6.3, 1",
        "CARGO, cargo, time, 0.1.43, >=0.1.0 <0.2.23, 1",
        "GOLANG, golang, golang.org/x/net, v0.16.0, <0.17.0, 1",
        "GOLANG, golang, golang.org/x/net, v0.0.0-20210226172049-e18ecbb05110, <0.17.0, 1",
        "GOLANG, golang, golang.org/x/net, v0.17.0, <0.17.0, 0",
        "GOLANG, golang, golang.org/x/net, v0.17.1-0.20231011000000-e18ecbb05110, <0.17.0, 0",
        "GOLANG, golang, github.com/docker/docker, v20.10.5+incompatible, <20.10.9+incompatible, 1",
        "GOLANG, golang, github.com/docker/docker, v20.10.9+incompatible, <20.10.9+incompatible, 0",
        "GOLANG, golang, stdlib, go1.20.9, <1.20.10|>=1.21.0-0 <1.21.3, 1",
        "GOLANG, golang, stdlib, 1.21rc2, <1.20.10|>=1.21.0-0 <1.21.3, 1",
        "GOLANG, golang, stdlib, go1.20.10, <1.20.10|>=1.21.0-0 <1.21.3, 0"
    })
    void aPackageIsFoundByItsNameAndVersion(
            PackageType type, String ecosystem, String name, String version, String range, int findings) {
        var image = TestImage.withoutDistribution().with(TestImage.language(type, name, version));
        var record = TestRecord.of("GHSA-xxxx-xxxx-xxxx", "ghsa").language(ecosystem, name, range);
        assertThat(match(image, record).findings()).hasSize(findings);
        assertThat(match(image, record).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Flask_Cors", "flask.cors", "FLASK-CORS", "flask-_.cors"})
    void pythonNamesAreOneInTheirNormalForm(String name) {
        var image = TestImage.withoutDistribution().with(TestImage.language(PackageType.PYPI, name, "3.0.8"));
        var record = TestRecord.of("CVE-2020-25032", "ghsa").language("pypi", "flask-cors", "<3.0.9", "3.0.9");
        assertThat(match(image, record).findings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"(devel)", "''", "v1.2.4-0.20240101000000-abcdef012345+dirty"})
    void aGoProgramsOwnModuleWithoutAReleaseNeverMatches(String version) {
        var image = TestImage.withoutDistribution()
                .with(TestImage.language(PackageType.GOLANG, "github.com/traefik/traefik/v2", version));
        var record =
                TestRecord.of("CVE-2023-47124", "go").language("golang", "github.com/traefik/traefik/v2", "<2.10.6");
        var result = match(image, record);
        assertThat(result.findings()).isEmpty();
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void aNameOfAnotherLanguageDoesNotMatch() {
        var image = TestImage.withoutDistribution().with(TestImage.language(PackageType.GEM, "lodash", "1.0.0"));
        var record = TestRecord.of("CVE-2021-23337", "ghsa").language("npm", "lodash", "<4.17.21", "4.17.21");
        assertThat(match(image, record).findings()).isEmpty();
    }

    private static MatchResult match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT);
    }
}
