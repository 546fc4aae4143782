package dev.plimsoll.policy.rule;

import java.util.List;

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
    /// @param dataMissing whether advisory data is what is missing
    record Gap(String reason, boolean dataMissing) {}

    static Outcome of(List<Firing> firings, List<Gap> gaps) {
        if (!firings.isEmpty()) {
            return new Fired(firings, gaps);
        }
        return gaps.isEmpty() ? new Quiet() : new CannotJudge(gaps);
    }

    static Outcome of(List<Firing> firings) {
        return of(firings, List.of());
    }

    static Outcome quiet() {
        return new Quiet();
    }

    static Outcome cannotJudge(String reason) {
        return new CannotJudge(List.of(new Gap(reason, false)));
    }
}
