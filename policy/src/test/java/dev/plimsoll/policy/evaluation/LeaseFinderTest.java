package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseFinderTest {

    private static Verdict judge(BundleText text) {
        var bundle = text.bundle(false);
        var evidence = image().evidence();
        return LeaseFinder.withLease(
                PolicyEvaluator.evaluate(bundle, evidence, EvaluationOptions.DEFAULT),
                evidence,
                asked -> PolicyEvaluator.evaluate(bundle, asked, EvaluationOptions.DEFAULT));
    }

    @Test
    void aPassEndsWhereTheLastItemThatUpholdsItExpires() {
        var verdict = judge(BundleText.of()
                .rule("WARN", "always", "always")
                .rule("STOP", "files", "name_match", "regex=x")
                .rule("STOP", "always", "always")
                .item("always", "always", "\"2026-07-01T00:00:00Z\"")
                .item("always", "*", "\"2026-08-01T00:00:00Z\""));

        assertThat(verdict.change().orElseThrow().at()).isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(verdict.lease())
                .isEqualTo(Optional.of(new Lease(
                        Instant.parse("2026-08-01T00:00:00Z"), Decision.FAIL, "the allowlist item i2 expires")));
    }

    @Test
    void whatTimeDoesNotEndHasNoLease() {
        assertThat(judge(BundleText.of()
                                .rule("WARN", "always", "always")
                                .item("always", "always", "\"2026-07-01T00:00:00Z\""))
                        .lease())
                .isEmpty();
    }
}
