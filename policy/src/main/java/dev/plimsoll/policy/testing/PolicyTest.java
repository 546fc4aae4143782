package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import java.time.Instant;

/// One test as it was written.
///
/// @param pointer where it stands in its file
/// @param image that mappings see
/// @param at the instant that counts as now
public record PolicyTest(
        String name,
        String pointer,
        ImageName image,
        Instant at,
        EvaluationOptions options,
        Facts facts,
        Expectation expectation) {}
