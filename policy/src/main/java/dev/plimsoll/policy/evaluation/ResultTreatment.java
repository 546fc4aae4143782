package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import java.util.List;
import java.util.Optional;

/// What may make a result count otherwise than its rule demands: allowlists and the like. Collects for one evaluation.
interface ResultTreatment {

    /// The same result, or the treated one.
    RuleResult treat(Rule rule, RuleResult result);

    /// When time alone makes it treat a result otherwise that it was given.
    Optional<NextChange> change();

    /// What is wrong with it, known after all results.
    List<Problem> problems();
}
