package dev.plimsoll.policy.rule;

import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.pattern.PatternBoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a trigger answers. Without firings and gaps, all was judged and nothing is there.
///
/// @param firings what it found
/// @param gaps what could not be judged: without firings beside them, nobody can say
/// @param change the next instant at which time alone makes it answer otherwise
public record Outcome(List<Firing> firings, List<Gap> gaps, Optional<NextChange> change) {

    public Outcome {
        firings = List.copyOf(firings);
        gaps = List.copyOf(gaps);
    }

    /// Something that could not be judged.
    ///
    /// @param reason one sentence without a final stop
    /// @param cause what it comes from
    public record Gap(String reason, Cause cause) {

        public static Gap of(PatternBoundException breach) {
            return new Gap(String.valueOf(breach.getMessage()), Cause.PATTERN_BOUND);
        }

        /// A fact that nobody collected.
        ///
        /// @param reason names what would tell: a setting, an option
        public static Gap unknown(String reason) {
            return new Gap(reason, Cause.FACT_UNKNOWN);
        }
    }

    /// Why something could not be judged.
    public enum Cause {
        /// The inventory does not hold a fact, or the parameters ask for what a single run cannot know.
        FACT_UNKNOWN,
        ADVISORY_DATA_MISSING,
        /// A pattern took too many steps: what it was not asked for stays open.
        PATTERN_BOUND,
        /// The rule threw.
        FAILURE
    }

    public static Outcome of(List<Firing> firings, List<Gap> gaps) {
        return new Outcome(firings, gaps, Optional.empty());
    }

    public static Outcome of(List<Firing> firings) {
        return of(firings, List.of());
    }

    public static Outcome quiet() {
        return of(List.of());
    }

    public static Outcome cannotJudge(String reason) {
        return of(List.of(), List.of(Gap.unknown(reason)));
    }

    /// The same, with more that could not be judged.
    public Outcome alsoOpen(List<Gap> more) {
        return new Outcome(firings, Stream.concat(gaps.stream(), more.stream()).toList(), change);
    }

    /// The same, knowing that it will be otherwise; of several instants the first counts.
    public Outcome until(Optional<NextChange> next) {
        return new Outcome(firings, gaps, NextChange.first(change, next));
    }
}
