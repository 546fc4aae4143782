package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gate `distro`.
final class DistroGateTest {

    private static String[] rule(String distro, String check, String version) {
        return new String[] {"distro=" + distro, "check=" + check, "version=" + version};
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.results()).isEmpty();
        return verdict.unjudged().getFirst().reason();
    }

    @ParameterizedTest
    @CsvSource({
        "debian, 12, <, 13, true",
        "debian, 12, <, 12, false",
        "debian, 9, <, 10, true", // number by number, not as text
        "debian, 12, =, 12, true",
        "debian, 12, !=, 12, false",
        "debian, 12, >=, 12, true",
        "debian, 12, >, 11, true",
        "debian, 12, <=, 11, false",
        "alpine, 3.18.4, <, 3.9, false",
        "alpine, 3.18.4, <=, 3.18, true", // as many numbers as the rule has
        "alpine, 3.18.4, >, 3.18, false",
        "alpine, 3.18.4, =, 3.18.3, false",
        "alpine, 3.18, <, 3.18.1, true",
        "ubuntu, 22.04, <, 24, true",
        "rhel, 9.4, =, 9, true",
    })
    void comparesReleasesByNumber(String distro, String have, String check, String version, boolean fires) {
        var verdict = image().distribution(distro, have).judge("distro", "deny", rule(distro, check, version));
        assertThat(verdict.decision()).isEqualTo(fires ? Decision.FAIL : Decision.PASS);
    }

    @Test
    void saysWhatIsDenied() {
        var result = image().distribution("debian", "9")
                .judge("distro", "deny", rule("Debian", "<", "10"))
                .results()
                .getFirst();
        assertThat(result.message()).isEqualTo("The image is of debian 9, and the rule denies debian < 10");
        assertThat(result.stableId()).isEqualTo("distro:deny:debian<10");
        assertThat(result.remedy().instruction(List.of()))
                .isEqualTo("Build the image on a release of debian that is not < 10");
    }

    @Test
    void otherDistributionsAreNotMeant() {
        assertThat(image().distribution("ubuntu", "9", "debian")
                        .judge("distro", "deny", rule("debian", "<", "10"))
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(image().withoutDistribution()
                        .judge("distro", "deny", rule("debian", "<", "10"))
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @ParameterizedTest
    @CsvSource({"debian, ''", "arch, ''", "arch, 20240101.0", "alpine, 3.20.0_alpha20240329"})
    void aReleaseWithoutANumberCannotBeJudged(String distro, String version) {
        assertThat(reason(image().distribution(distro, version).judge("distro", "deny", rule(distro, "<", "10"))))
                .startsWith("the release of " + distro)
                .endsWith("does not compare with 10: it has no number, or the rule names none");
        assertThat(reason(image().distribution("debian", "12").judge("distro", "deny", rule("debian", "<", "sid"))))
                .contains("does not compare with sid");
    }

    @Test
    void theDistributionThatADocumentDoesNotNameIsNotKnown() {
        assertThat(reason(image().toldByDocument()
                        .withoutDistribution()
                        .judge("distro", "deny", rule("debian", "<", "10"))))
                .isEqualTo("the image's distribution is not known: the document (SPDX 2.3 JSON) does not tell it");
    }
}
