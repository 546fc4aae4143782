package dev.plimsoll.policy;

import dev.plimsoll.matching.Finding;
import java.util.List;
import java.util.Optional;

/// One thing that a rule found.
///
/// @param ruleSetId of the bundle's rule set (`policies` in format 1_0)
/// @param ruleId as the bundle gives it; made from its place where it gives none
/// @param triggerId Anchore's id, that imported allowlists name
/// @param stableId ours: `gate:trigger:key`
/// @param otherIds further ids that an allowlist may name: the same with each alias of a vulnerability
/// @param action what counts: {@link Action#GO} where an allowlist silenced it
/// @param message our own text for people
/// @param frozenMessage Anchore's text, from which {@link #triggerId} may be derived
/// @param recommendation the bundle's, may be empty
/// @param remedy what clears it, where the bundle does not say
/// @param finding the finding that the rule fired for, where it fired for one
public record RuleResult(
        String ruleSetId,
        String ruleId,
        String gate,
        String trigger,
        String triggerId,
        String stableId,
        List<String> otherIds,
        Action action,
        String message,
        String frozenMessage,
        String recommendation,
        Remedy remedy,
        Optional<Allowlisted> allowlisted,
        Optional<Finding> finding) {

    /// The allowlist item that silenced a result.
    ///
    /// @param action what the rule had demanded
    public record Allowlisted(
            String allowlistId, String allowlistName, String itemId, String description, Action action) {}
}
