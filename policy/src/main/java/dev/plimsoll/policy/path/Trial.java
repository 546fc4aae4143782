package dev.plimsoll.policy.path;

import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.evaluation.Evidence;
import java.util.List;

/// Judges changed evidence by what the first verdict was made by.
@FunctionalInterface
public interface Trial {

    /// @param excused results that count for nothing, whatever rules demand
    Verdict judge(Evidence evidence, List<RuleResult> excused);
}
