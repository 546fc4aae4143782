package dev.plimsoll.advisory.cvss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Severity;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CvssTest {

    /// Published scores. v3: NVD's pages of CVE-2021-44228, CVE-2014-0160, CVE-2016-5195, CVE-2013-1937 (FIRST, "CVSS
    /// v3.1 Examples"); v4: FIRST, "CVSS v4.0 Examples".
    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 3.1, 10.0, 3.9, 6.0",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N, 3.1, 7.5, 3.9, 3.6",
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H, 3.1, 7.8, 1.8, 5.9",
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 3.0, 6.1, 2.8, 2.7",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 3.1, 0.0, 3.9, 0.0",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 4.0, 9.3, ,",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H, 4.0, 10.0, ,",
        "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 4.0, 7.3, ,",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N, 4.0, 0.0, ,"
    })
    void computesPublishedScores(String vector, String version, String base, String exploitability, String impact) {
        var score = Cvss.parse("nvd", vector).orElseThrow();
        assertThat(score)
                .isEqualTo(new CvssScore(
                        "nvd",
                        version,
                        vector,
                        new BigDecimal(base),
                        java.util.Optional.ofNullable(exploitability).map(BigDecimal::new),
                        java.util.Optional.ofNullable(impact).map(BigDecimal::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "7.5",
                "medium",
                "AV:N/AC:L/Au:N/C:P/I:P/A:P",
                "(AV:N/AC:L/Au:N/C:P/I:P/A:P)",
                "CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P",
                "CVSS:3.1",
                "CVSS:3.1/",
                "CVSS:3.1/AV:N",
                "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
                "CVSS:5.0/AV:N/AC:L",
                "CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"
            })
    void whatIsNoVectorOfVersionThreeOrFourHasNoScore(String text) {
        assertThat(Cvss.parse("nvd", text)).isEmpty();
    }

    @Test
    void readsVectorsUpToTheLimit() {
        var vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H";
        assertThat(Cvss.parse("nvd", " ".repeat(1000) + vector)).isPresent();
        assertThat(Cvss.parse("nvd", vector + "/".repeat(Cvss.MAX_VECTOR + 1 - vector.length())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, NEGLIGIBLE",
        "0.1, LOW",
        "3.9, LOW",
        "4.0, MEDIUM",
        "6.9, MEDIUM",
        "7.0, HIGH",
        "8.9, HIGH",
        "9.0, CRITICAL",
        "10, CRITICAL",
        "1e30, CRITICAL",
        "-1, NEGLIGIBLE"
    })
    void namesTheScaleOfTheSpecification(String score, Severity expected) {
        assertThat(Cvss.severity(new BigDecimal(score))).isEqualTo(expected);
    }
}
