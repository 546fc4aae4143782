package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.Verdict;
import java.util.Optional;
import java.util.function.Function;

/// Finds until when a decision holds, by judging the same evidence again at each instant that may change it.
public final class LeaseFinder {

    /// Instants that are tried, one evaluation each; a decision that holds over so many is taken to hold.
    public static final int MAX_INSTANTS = 100;

    private LeaseFinder() {}

    /// The verdict with its lease, where time alone ends its decision.
    ///
    /// @param judge the evaluation that made the verdict, of the same evidence at another instant
    public static Verdict withLease(Verdict verdict, Evidence evidence, Function<Evidence, Verdict> judge) {
        return verdict.with(lease(verdict, evidence, judge));
    }

    private static Optional<Lease> lease(Verdict verdict, Evidence evidence, Function<Evidence, Verdict> judge) {
        var now = verdict;
        for (int i = 0; i < MAX_INSTANTS && now.change().isPresent(); i++) {
            var change = now.change().get();
            now = judge.apply(evidence.as(change.at()));
            if (now.decision() != verdict.decision()) {
                return Optional.of(new Lease(change.at(), now.decision(), change.why()));
            }
        }
        return Optional.empty();
    }
}
