package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MavenVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.MAVEN;

    @Test
    void ordersAsMavenDoes() {
        var pairs = VersionPairs.of(
                20260105,
                60_000,
                List.of("1", "1.0", "2.5", "0", "10", "a", "1-", "rc", "01"),
                List.of(
                        ".",
                        ".0",
                        ".1",
                        ".10",
                        "-",
                        "-1",
                        "-0",
                        "a",
                        "b2",
                        "m",
                        "alpha",
                        "beta",
                        "-milestone",
                        "rc",
                        "cr1",
                        ".Final",
                        ".RELEASE",
                        "ga",
                        "-SNAPSHOT",
                        "sp1",
                        "-jre",
                        "x",
                        "0",
                        "9",
                        ".v2023",
                        "final",
                        "..",
                        "--"));
        var answers = new ArrayList<String>();
        for (var pair : pairs.pairs()) {
            answers.add(String.valueOf(
                    Integer.signum(new ComparableVersion(pair.left()).compareTo(new ComparableVersion(pair.right())))));
        }
        pairs.assertOrderedBy(SCHEME, answers, pairs.pairs().size());
    }

    @ParameterizedTest
    @CsvSource({
        "2.17.1, 2.17.1.Final, 0",
        "1.0-alpha-1, 1.0-beta-1, -1",
        "1.0-rc1, 1.0-cr1, 0",
        "1.0-SNAPSHOT, 1.0, -1",
        "1.0, 1.0-sp1, -1",
        "31.1-jre, 32.0.0-android, -1",
        "9.4.51.v20230217, 9.4.52, -1",
        "2.9.10.7, 2.9.10.8, -1",
        "99999999999999999999.1, 99999999999999999999.2, -1"
    })
    void ordersRealForms(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @Test
    void survivesTheDeepestNesting() {
        var deep = "1-".repeat(ParsedScheme.MAX_LENGTH / 2);
        assertThat(SCHEME.compare(deep, deep)).contains(0);
        var changing = "1a".repeat(ParsedScheme.MAX_LENGTH / 2);
        assertThat(SCHEME.compare(changing, changing)).contains(0);
        assertThat(SCHEME.compare(deep + "1", "1")).isEmpty();
    }
}
