package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Action;

/// What the user decides about cases that a bundle does not.
///
/// @param unmappedGo whether an image that no mapping covers passes; else there is no verdict
/// @param unknownSeverity what findings without a severity mean to a rule that compares severities
/// @param strict whether a WARN fails
public record EvaluationOptions(boolean unmappedGo, Action unknownSeverity, boolean strict) {

    public static final EvaluationOptions DEFAULT = new EvaluationOptions(false, Action.WARN, false);
}
