package dev.plimsoll.policy;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Treatment.Allowlisted;
import dev.plimsoll.policy.Treatment.Waived;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing that a rule found.
///
/// @param ruleSetId of the bundle's rule set (`policies` in format 1_0)
/// @param ruleId as the bundle gives it; made from its place where it gives none
/// @param triggerId Anchore's id, that imported allowlists name
/// @param stableId ours: `gate:trigger:key`
/// @param otherIds further ids that an allowlist may name: the same with each alias of a vulnerability
/// @param action what counts, after all treatments
/// @param message our own text for people
/// @param frozenMessage Anchore's text, from which {@link #triggerId} may be derived
/// @param recommendation the bundle's, may be empty
/// @param remedy what clears it, where the bundle does not say
/// @param finding the finding that the rule fired for, where it fired for one
/// @param item the package that it is about, where it is about one
/// @param places files that it is about; none where it is about the image
/// @param newness how it compares with the baseline, where there is one
/// @param treatments what made it count otherwise than the rule demands, in their order
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
        Optional<Finding> finding,
        Optional<ImagePackage> item,
        List<Location> places,
        Optional<Newness> newness,
        List<Treatment> treatments) {

    public RuleResult {
        otherIds = List.copyOf(otherIds);
        places = List.copyOf(places);
        treatments = List.copyOf(treatments);
    }

    /// What the rule demanded.
    public Action demanded() {
        return treatments.isEmpty() ? action : treatments.getFirst().before();
    }

    /// All ids that it goes by.
    public List<String> ids() {
        var ids = new ArrayList<String>(2 + otherIds.size());
        ids.add(triggerId);
        ids.add(stableId);
        ids.addAll(otherIds);
        return ids;
    }

    public Optional<Allowlisted> allowlisted() {
        return first(Allowlisted.class);
    }

    public Optional<Waived> waived() {
        return first(Waived.class);
    }

    private <T extends Treatment> Optional<T> first(Class<T> kind) {
        for (var treatment : treatments) {
            if (kind.isInstance(treatment)) {
                return Optional.of(kind.cast(treatment));
            }
        }
        return Optional.empty();
    }

    /// The same, held against a baseline.
    public RuleResult with(Newness found) {
        return with(action, Optional.of(found), treatments);
    }

    /// The same, with one treatment more.
    ///
    /// @param now what it counts for after that
    public RuleResult treated(Treatment treatment, Action now) {
        if (treatments.isEmpty()) {
            return with(now, newness, List.of(treatment));
        }
        var all = new ArrayList<>(treatments);
        all.add(treatment);
        return with(now, newness, all);
    }

    private RuleResult with(Action now, Optional<Newness> known, List<Treatment> all) {
        return new RuleResult(
                ruleSetId,
                ruleId,
                gate,
                trigger,
                triggerId,
                stableId,
                otherIds,
                now,
                message,
                frozenMessage,
                recommendation,
                remedy,
                finding,
                item,
                places,
                known,
                all);
    }
}
