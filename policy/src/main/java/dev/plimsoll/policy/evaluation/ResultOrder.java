package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.RuleResult;
import java.util.Comparator;

/// The order of results in a verdict: the most severe first, then by gate, trigger and ids. Written
/// out, because a chain of comparators costs a verdict of thousands of results milliseconds.
final class ResultOrder implements Comparator<RuleResult> {

    @Override
    public int compare(RuleResult left, RuleResult right) {
        int order = right.action().compareTo(left.action());
        if (order == 0) {
            order = compare(left.gate(), right.gate());
        }
        if (order == 0) {
            order = compare(left.trigger(), right.trigger());
        }
        if (order == 0) {
            order = compare(left.stableId(), right.stableId());
        }
        return order == 0 ? compareFurther(left, right) : order;
    }

    private static int compareFurther(RuleResult left, RuleResult right) {
        int order = compare(left.triggerId(), right.triggerId());
        if (order == 0) {
            order = compare(left.ruleSetId(), right.ruleSetId());
        }
        if (order == 0) {
            order = compare(left.ruleId(), right.ruleId());
        }
        if (order == 0) {
            order = compare(left.message(), right.message());
        }
        return order == 0 ? compare(place(left), place(right)) : order;
    }

    /// Where two packages of one name and version have the same vulnerability, their places tell
    /// them apart.
    private static String place(RuleResult result) {
        return result.finding()
                .map(finding -> finding.item().purl() + " " + finding.item().locations())
                .orElse("");
    }

    /// Most results share the text of their gate, which needs no reading then.
    @SuppressWarnings("ReferenceEquality")
    private static int compare(String left, String right) {
        return left == right ? 0 : left.compareTo(right);
    }
}
