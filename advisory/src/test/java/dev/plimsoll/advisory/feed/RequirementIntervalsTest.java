package dev.plimsoll.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class RequirementIntervalsTest {

    private static final VersionScheme ORDER =
            VersionScheme.of(PackageType.CARGO).orElseThrow();

    /// Counted out: a version lies in the complement exactly if it lies in none of the intervals.
    @RepeatedTest(20)
    void theComplementHoldsWhatTheIntervalsDoNot(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            var intervals = new ArrayList<VersionInterval>();
            for (int j = random.nextInt(5); j > 0; j--) {
                intervals.add(interval(random));
            }
            var complement = RequirementIntervals.complement(intervals, ORDER);
            for (int version = 0; version < 20; version++) {
                assertThat(holds(complement, version))
                        .as(version + ".0.0 in the complement of " + intervals + ", which is " + complement)
                        .isNotEqualTo(holds(intervals, version));
            }
        }
    }

    @RepeatedTest(20)
    void theIntersectionHoldsWhatBothDo(RepetitionInfo repetition) {
        var random = new Random(100 + repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            var left = interval(random);
            var right = interval(random);
            var both = RequirementIntervals.intersection(left, right, ORDER)
                    .map(List::of)
                    .orElse(List.of());
            for (int version = 0; version < 20; version++) {
                assertThat(holds(both, version))
                        .as(version + ".0.0 in " + left + " and " + right)
                        .isEqualTo(holds(List.of(left), version) && holds(List.of(right), version));
            }
        }
    }

    @Test
    void theComplementOfNothingIsEverything() {
        assertThat(RequirementIntervals.complement(List.of(), ORDER)).containsExactly(VersionInterval.ALL);
        assertThat(RequirementIntervals.complement(List.of(VersionInterval.ALL), ORDER))
                .isEmpty();
    }

    private static boolean holds(List<VersionInterval> intervals, int version) {
        return ORDER.check(version + ".0.0", intervals) instanceof RangeCheck.Inside;
    }

    private static VersionInterval interval(Random random) {
        var low = 1 + random.nextInt(18);
        var high = low + random.nextInt(19 - low);
        return low == high && random.nextBoolean()
                ? VersionInterval.exactly(low + ".0.0")
                : new VersionInterval(bound(random, low), bound(random, high + (low == high ? 1 : 0)));
    }

    private static Optional<Bound> bound(Random random, int version) {
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(new Bound(version + ".0.0", random.nextBoolean()));
    }
}
