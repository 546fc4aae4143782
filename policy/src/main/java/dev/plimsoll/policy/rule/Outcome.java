package dev.plimsoll.policy.rule;

import dev.plimsoll.policy.pattern.PatternBoundException;
import java.util.List;
import java.util.stream.Stream;

/// What a trigger answers.
public sealed interface Outcome {

    /// It fired.
    ///
    /// @param firings at least one
    /// @param gaps what could not be judged beside, often nothing
    record Fired(List<Firing> firings, List<Gap> gaps) implements Outcome {
        public Fired {
            firings = List.copyOf(firings);
            gaps = List.copyOf(gaps);
        }
    }

    /// All was judged, and nothing is there.
    record Quiet() implements Outcome {}

    /// Nothing fired, but something could not be judged, so nobody can say.
    ///
    /// @param gaps at least one
    record CannotJudge(List<Gap> gaps) implements Outcome {
        public CannotJudge {
            gaps = List.copyOf(gaps);
        }
    }

    /// Something that could not be judged.
    ///
    /// @param reason one sentence without a final stop
    /// @param cause what it comes from
    record Gap(String reason, Cause cause) {

        public static Gap of(PatternBoundException breach) {
            return new Gap(String.valueOf(breach.getMessage()), Cause.PATTERN_BOUND);
        }
    }

    /// Why something could not be judged.
    enum Cause {
        /// The inventory does not hold a fact, or the parameters ask for what a single run cannot know.
        FACT_UNKNOWN,
        ADVISORY_DATA_MISSING,
        /// A pattern took too many steps: what it was not asked for stays open.
        PATTERN_BOUND,
        /// The rule threw.
        FAILURE
    }

    static Outcome of(List<Firing> firings, List<Gap> gaps) {
        if (!firings.isEmpty()) {
            return new Fired(firings, gaps);
        }
        return gaps.isEmpty() ? new Quiet() : new CannotJudge(gaps);
    }

    static Outcome of(List<Firing> firings) {
        return of(firings, List.of());
    }

    /// The same, with more that could not be judged.
    default Outcome alsoOpen(List<Gap> more) {
        return switch (this) {
            case Fired(var firings, var gaps) -> of(firings, both(gaps, more));
            case Quiet() -> of(List.of(), more);
            case CannotJudge(var gaps) -> of(List.of(), both(gaps, more));
        };
    }

    private static List<Gap> both(List<Gap> gaps, List<Gap> more) {
        return Stream.concat(gaps.stream(), more.stream()).toList();
    }

    static Outcome quiet() {
        return new Quiet();
    }

    static Outcome cannotJudge(String reason) {
        return new CannotJudge(List.of(new Gap(reason, Cause.FACT_UNKNOWN)));
    }
}
