package dev.plimsoll.policy.simulation;

import java.util.Comparator;

/// Why a decision on an image is another one: a rule, or what a bundle says of the image as a whole.
///
/// @param ruleSetId empty where it is no rule, as the next three are
/// @param reason where it is no rule: `denylisted`, `allowlisted`, `unmapped`; else empty
public record Cause(String ruleSetId, String ruleId, String gate, String trigger, String reason)
        implements Comparable<Cause> {

    private static final Comparator<Cause> ORDER = Comparator.comparing(Cause::reason)
            .thenComparing(Cause::gate)
            .thenComparing(Cause::trigger)
            .thenComparing(Cause::ruleSetId)
            .thenComparing(Cause::ruleId);

    static Cause of(String reason) {
        return new Cause("", "", "", "", reason);
    }

    static Cause of(String ruleSetId, String ruleId, String gate, String trigger) {
        return new Cause(ruleSetId, ruleId, gate, trigger, "");
    }

    /// Whether it is a rule.
    public boolean isRule() {
        return reason.isEmpty();
    }

    @Override
    public int compareTo(Cause other) {
        return ORDER.compare(this, other);
    }
}
