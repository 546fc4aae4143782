package dev.plimsoll.policy.path;

import dev.plimsoll.policy.Verdict.Decision;
import java.util.List;
import java.util.Optional;

/// What to do so that a bundle lets an image pass.
///
/// @param steps the most effective first; none where it passes, or where no step can help
/// @param after what the bundle says of the image with all steps done; empty where that was not tried
/// @param remains why that is no pass, one clause; empty where it is
public record PathToPass(List<Step> steps, Optional<Decision> after, String remains) {

    public PathToPass {
        steps = List.copyOf(steps);
    }

    /// Whether it was tried, and ends in a pass.
    public boolean isProved() {
        return after.equals(Optional.of(Decision.PASS));
    }

    /// Nothing is to be done.
    public static PathToPass none() {
        return new PathToPass(List.of(), Optional.empty(), "");
    }
}
