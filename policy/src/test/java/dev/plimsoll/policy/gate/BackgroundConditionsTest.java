package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the base image brings, and data on exploitation that is not there.
final class BackgroundConditionsTest {

    private static Verdict judge(Fixture image, String... parameters) {
        var all = new ArrayList<>(List.of(parameters));
        all.add("package_type=all");
        return image.judge("vulnerabilities", "package", all.toArray(String[]::new));
    }

    /// curl lies in the lowest layer.
    @ParameterizedTest
    @CsvSource({"1, true, FAIL", "1, false, PASS", "0, true, PASS", "0, false, FAIL"})
    void asksWhatTheBaseBrings(int layersOfBase, boolean inherited, Decision decision) {
        var image = image().layerOf('1').layerOf('2').onBase(layersOfBase).hit(finding("CVE-1", Severity.HIGH));

        assertThat(judge(image, "inherited_from_base=" + inherited).decision()).isEqualTo(decision);
    }

    @Test
    void cannotSayItWithoutABase() {
        var verdict = judge(image().hit(finding("CVE-1", Severity.HIGH)), "inherited_from_base=true");

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged().getFirst().reason())
                .isEqualTo(
                        "inherited_from_base needs the base image's layers, and they are not known: name the image that"
                                + " it is built on with --ancestors; a vulnerability passes the rule's other conditions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "known_exploited_vulnerability=true",
                "known_exploited_vulnerability=false",
                "epss_score=0.1",
                "epss_percentile=0.9",
            })
    void cannotSayWhatIsExploitedWithoutAnyDataOnIt(String parameter) {
        var image = image().hit(finding("CVE-1", Severity.HIGH));
        var name = parameter.substring(0, parameter.indexOf('='));

        assertThat(judge(image.withoutExploitationData(), parameter).decision()).isEqualTo(Decision.DATA_MISSING);
        assertThat(judge(image, parameter).unjudged().getFirst().reason())
                .startsWith(name + " needs ")
                .contains(name.startsWith("epss") ? "(feed epss)" : "(feed kev)");
        assertThat(judge(image, parameter, "severity=critical").decision())
                .as("nothing else passes the rule")
                .isEqualTo(Decision.PASS);
    }

    @Test
    void kevListCannotSayItEither() {
        var image = image().hit(finding("CVE-1", Severity.HIGH));

        assertThat(image.judge("vulnerabilities", "kev_list").decision()).isEqualTo(Decision.PASS);
        assertThat(image.withoutExploitationData()
                        .judge("vulnerabilities", "kev_list")
                        .decision())
                .isEqualTo(Decision.DATA_MISSING);
    }
}
