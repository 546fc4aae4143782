package dev.plimsoll.policy.bundle;

import java.util.Optional;
import java.util.Set;

/// The words of a bundle's format.
///
/// @param mappedRuleSet a mapping's member for a single rule set, which format 2 does not have
/// @param idsRequired whether rules, items and mappings must have ids
record Format(
        String version,
        String ruleSets,
        String allowlists,
        String allowlistedImages,
        String denylistedImages,
        String description,
        Optional<String> mappedRuleSet,
        String mappedRuleSets,
        String mappedAllowlists,
        boolean idsRequired) {

    /// Anchore Engine.
    static final Format ENGINE = new Format(
            "1_0",
            "policies",
            "whitelists",
            "whitelisted_images",
            "blacklisted_images",
            "comment",
            Optional.of("policy_id"),
            "policy_ids",
            "whitelist_ids",
            false);

    /// Anchore Enterprise 5 and 6.
    static final Format ENTERPRISE = new Format(
            "2",
            "rule_sets",
            "allowlists",
            "allowlisted_images",
            "denylisted_images",
            "description",
            Optional.empty(),
            "rule_set_ids",
            "allowlist_ids",
            true);

    /// What every object may carry beside its own members; both formats' words for a remark, and the packs' control
    /// ids.
    static final Set<String> REMARKS = Set.of("description", "comment", "controls", "last_updated");

    static Optional<Format> of(String version) {
        return version.equals(ENGINE.version)
                ? Optional.of(ENGINE)
                : version.equals(ENTERPRISE.version) ? Optional.of(ENTERPRISE) : Optional.empty();
    }

    Format other() {
        return equals(ENGINE) ? ENTERPRISE : ENGINE;
    }

    /// What an object says of itself; where format 1_0 has no comment, the word of format 2 counts there too.
    String descriptionOf(Place place) {
        return place.optional(description)
                .or(() -> equals(ENGINE) ? place.optional(ENTERPRISE.description) : Optional.empty())
                .orElse("");
    }
}
