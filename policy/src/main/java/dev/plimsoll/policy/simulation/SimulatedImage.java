package dev.plimsoll.policy.simulation;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/// One image under both policies.
///
/// @param file that its inventory was read from
/// @param name that it goes by; the file where it has none
/// @param repository with its registry, empty where it has no name
/// @param causes why the decisions differ, sorted; none where they do not
public record SimulatedImage(
        String file, String name, String repository, Decision before, Decision after, List<Cause> causes) {

    /// The reason of verdicts that rules came to.
    private static final String BY_RULES = "policy_evaluation";

    public SimulatedImage {
        causes = List.copyOf(causes);
    }

    /// Holds two verdicts on an image against each other.
    ///
    /// @param failing the least action that fails an image
    public static SimulatedImage of(
            String file, String name, String repository, Verdict before, Verdict after, Action failing) {
        return new SimulatedImage(
                file, name, repository, before.decision(), after.decision(), causes(before, after, failing));
    }

    /// Whether the decisions differ.
    public boolean flips() {
        return before != after;
    }

    /// The side that keeps the image from passing is the one with the reasons: of two such sides
    /// the candidate.
    private static List<Cause> causes(Verdict before, Verdict after, Action failing) {
        if (before.decision() == after.decision()) {
            return List.of();
        }
        boolean better = after.decision() == Decision.PASS;
        var bad = better ? before : after;
        var other = better ? after : before;
        var causes = new TreeSet<Cause>();
        if (!bad.reason().equals(BY_RULES)) {
            causes.add(Cause.of(bad.reason()));
        } else {
            if (!other.reason().equals(BY_RULES)) {
                causes.add(Cause.of(other.reason()));
            }
            addRules(causes, bad, other.results(), other.unjudged(), failing);
            if (causes.isEmpty()) {
                // what stops it does so under both policies, and the other one comes to something else all the same
                addRules(causes, bad, List.of(), List.of(), failing);
            }
        }
        return List.copyOf(causes);
    }

    /// @param results that the other policy has too
    private static void addRules(
            TreeSet<Cause> causes, Verdict bad, List<RuleResult> results, List<Unjudged> unjudged, Action failing) {
        if (bad.decision() == Decision.FAIL) {
            var known = new HashSet<String>();
            results.stream()
                    .filter(result -> result.action().compareTo(failing) >= 0)
                    .forEach(result -> known.add(result.stableId()));
            bad.results().stream()
                    .filter(result -> result.action().compareTo(failing) >= 0 && !known.contains(result.stableId()))
                    .map(result -> Cause.of(result.ruleSetId(), result.ruleId(), result.gate(), result.trigger()))
                    .forEach(causes::add);
            return;
        }
        bad.unjudged().stream()
                .filter(rule -> isOpen(rule, failing)
                        && unjudged.stream().noneMatch(each -> isOpen(each, failing) && isSame(each, rule)))
                .map(rule -> Cause.of(rule.ruleSetId(), rule.ruleId(), rule.gate(), rule.trigger()))
                .forEach(causes::add);
    }

    /// Whether an image cannot pass by a rule that could not be judged.
    private static boolean isOpen(Unjudged rule, Action failing) {
        return rule.dataMissing() ? rule.action() != Action.GO : rule.action().compareTo(failing) >= 0;
    }

    private static boolean isSame(Unjudged left, Unjudged right) {
        return left.gate().equals(right.gate())
                && left.trigger().equals(right.trigger())
                && left.reason().equals(right.reason());
    }
}
