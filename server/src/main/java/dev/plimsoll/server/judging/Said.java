package dev.plimsoll.server.judging;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import java.util.function.Predicate;

/// What a verdict says of an image, as its row holds it.
///
/// @param decision `PASS`, `FAIL`, `UNKNOWN`, `DATA_MISSING`
/// @param finalAction `GO`, `WARN`, `STOP`
/// @param stops results that stop it, as the next three counts are of results too
/// @param unjudged rules that could not be judged
record Said(
        String decision,
        String finalAction,
        String reason,
        String explanation,
        int stops,
        int warns,
        int allowlisted,
        int waived,
        int unjudged,
        ResultHashes results) {

    static Said of(Verdict verdict) {
        return new Said(
                verdict.decision().name(),
                verdict.finalAction().name(),
                verdict.reason(),
                verdict.explanation(),
                count(verdict, result -> result.action() == Action.STOP),
                count(verdict, result -> result.action() == Action.WARN),
                count(verdict, result -> result.allowlisted().isPresent()),
                count(verdict, result -> result.waived().isPresent()),
                verdict.unjudged().size(),
                ResultHashes.of(verdict.results()));
    }

    private static int count(Verdict verdict, Predicate<RuleResult> which) {
        return (int) verdict.results().stream().filter(which).count();
    }
}
