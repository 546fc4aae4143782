package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// What triggers judge.
///
/// @param at the instant that counts as now
/// @param unknownSeverity what findings without a severity mean to a rule that compares severities
public record Subject(Inventory inventory, MatchResult matches, Instant at, Action unknownSeverity) {

    /// What is not known of the packages because their database could not be read in full.
    ///
    /// @param asked the types of packages that the rule is about
    public List<Gap> gapsOfPackages(Predicate<PackageType> asked) {
        var unread = inventory.unreadDatabases().stream()
                .filter(unknown ->
                        PackageDatabases.typeOf(unknown.path()).filter(asked).isPresent())
                .toList();
        if (unread.isEmpty()) {
            return List.of();
        }
        var first = unread.getFirst();
        return List.of(new Gap(
                "the package database /" + first.path() + " could not be read in full"
                        + (first.place().isEmpty() ? "" : " (" + first.place() + ")") + ": " + first.reason()
                        + (unread.size() == 1 ? "" : "; and " + (unread.size() - 1) + " more places"),
                Cause.FACT_UNKNOWN));
    }
}
