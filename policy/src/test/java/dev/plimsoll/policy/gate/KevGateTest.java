package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KevGateTest {

    private static Fixture exploited() {
        return image().hit(finding("CVE-1", Severity.HIGH).exploited("2026-05-01", "2026-05-22", false))
                .hit(finding("CVE-2", Severity.HIGH));
    }

    private static Verdict judge(Fixture image, String... parameters) {
        return image.judge("kev", "due_date_passed", parameters);
    }

    @Test
    void firesForWhatIsOverdue() {
        assertThat(judge(exploited()).results()).singleElement().satisfies(result -> {
            assertThat(result.message())
                    .isEqualTo(
                            "CVE-1 in curl 7.88.1-10 is known to be exploited since 2026-05-01: due by 2026-05-22, as"
                                    + " CISA demands");
            assertThat(result.stableId()).isEqualTo("kev:due_date_passed:CVE-1+deb/curl");
            assertThat(result.triggerId()).isEqualTo("CVE-1+curl");
            assertThat(result.remedy().verb()).isEqualTo("Remove curl, or allowlist CVE-1 with an expiry");
            assertThat(result.finding()).isPresent();
        });
        assertThat(judge(exploited()).change()).isEmpty();
    }

    /// The day itself is still one to act on.
    @ParameterizedTest
    @CsvSource({
        "2026-05-22T23:59:59Z, 0, false",
        "2026-05-23T00:00:00Z, 0, true",
        "2026-05-19T23:59:59Z, 3, false",
        "2026-05-20T00:00:00Z, 3, true",
    })
    void firesFromTheEndOfTheDay(String at, int before, boolean fires) {
        var verdict = judge(exploited().at(at), "days_before=" + before);

        assertThat(verdict.decision()).isEqualTo(fires ? Decision.FAIL : Decision.PASS);
        assertThat(verdict.change().map(NextChange::at))
                .isEqualTo(
                        fires
                                ? java.util.Optional.empty()
                                : java.util.Optional.of(
                                        Instant.parse("2026-05-23T00:00:00Z").minusSeconds(before * 86_400L)));
    }

    @ParameterizedTest
    @CsvSource({"30, PASS", "29, FAIL", "0, FAIL", "2147483647, PASS"})
    void countsFromTheEntryInstead(String days, Decision decision) {
        var verdict = judge(exploited().at("2026-05-31T00:00:00Z"), "days_after_entry=" + days);

        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.results())
                .allSatisfy(
                        result -> assertThat(result.message()).endsWith("counted from the entry into the catalogue"));
    }

    @Test
    void asksForRansomwareOnly() {
        var image = exploited().hit(finding("CVE-3", Severity.LOW).exploited("2026-01-01", "2026-01-22", true));

        assertThat(judge(image).results()).hasSize(2);
        assertThat(judge(image, "ransomware_only=true").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("CVE-3+curl");
    }

    @Test
    void cannotJudgeAnEntryWithoutADate() {
        var image = image().hit(finding("CVE-1", Severity.HIGH).exploited("2026-05-01", "", false));

        assertThat(judge(image).decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(judge(image).unjudged().getFirst().reason())
                .isEqualTo("the catalogue names no due date for CVE-1; days_after_entry counts from the entry");
        assertThat(judge(image, "days_after_entry=1").decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void cannotJudgeWithoutTheCatalogue() {
        var image = image().withoutExploitationData().hit(finding("CVE-1", Severity.HIGH));

        assertThat(judge(image).decision()).isEqualTo(Decision.DATA_MISSING);
        assertThat(judge(image).unjudged().getFirst().reason())
                .isEqualTo("the advisory data has no catalogue of known exploited vulnerabilities (feed kev)");
        assertThat(judge(image().withoutExploitationData()).decision())
                .as("nothing is vulnerable, so nothing is exploited")
                .isEqualTo(Decision.PASS);
        assertThat(judge(image().covering("npm", PackageType.NPM, State.DATA_MISSING))
                        .decision())
                .isEqualTo(Decision.DATA_MISSING);
    }
}
