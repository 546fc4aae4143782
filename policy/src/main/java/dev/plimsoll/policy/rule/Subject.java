package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What triggers judge.
///
/// @param name that the image goes by
/// @param at the instant that counts as now
/// @param unknownSeverity what findings without a severity mean to a rule that compares severities
/// @param background what the image itself does not tell
/// @param history since when findings are known
public record Subject(
        Inventory inventory,
        MatchResult matches,
        ImageName name,
        Instant at,
        Action unknownSeverity,
        Background background,
        History history) {

    /// With the history that the background tells.
    public Subject(
            Inventory inventory,
            MatchResult matches,
            ImageName name,
            Instant at,
            Action unknownSeverity,
            Background background) {
        this(inventory, matches, name, at, unknownSeverity, background, History.of(at, background.previous()));
    }

    /// What is not known of the packages because their database could not be read in full, or because a document does
    /// not say what its components are.
    ///
    /// @param asked the types of packages that the rule is about
    public List<Gap> gapsOfPackages(Predicate<PackageType> asked) {
        var gaps = new ArrayList<>(gapsOfDatabases(asked));
        inventory
                .document()
                .filter(document -> document.unidentified() > 0)
                .ifPresent(document -> gaps.add(new Gap(
                        "the document (" + document.format() + ") has "
                                + (document.unidentified() == 1
                                        ? "a component that no package URL identifies"
                                        : document.unidentified() + " components that no package URL identifies"),
                        Cause.FACT_UNKNOWN)));
        return List.copyOf(gaps);
    }

    private List<Gap> gapsOfDatabases(Predicate<PackageType> asked) {
        var unread = inventory.unreadDatabases().stream()
                .filter(unknown ->
                        PackageDatabases.typesAt(unknown.path()).stream().anyMatch(asked))
                .toList();
        if (unread.isEmpty()) {
            return List.of();
        }
        var first = unread.getFirst();
        return List.of(new Gap(
                (PackageDatabases.typeOf(first.path()).isPresent()
                                ? "the package database /" + first.path()
                                : "the folder /" + first.path() + ", where package databases lie,")
                        + " could not be read in full"
                        + (first.place().isEmpty() ? "" : " (" + first.place() + ")") + ": " + first.reason()
                        + (unread.size() == 1 ? "" : "; and " + (unread.size() - 1) + " more places"),
                Cause.FACT_UNKNOWN));
    }

    /// What is not known of a distribution's packages because a document does not say which source packages they were
    /// built from, by which many advisories are kept.
    ///
    /// @param asked the types of packages that the rule is about
    public List<Gap> gapsOfSourcePackages(Predicate<PackageType> asked) {
        var document = inventory
                .document()
                .filter(found -> found.unsaid().contains(SourceDocument.PackageFact.SOURCE_PACKAGES));
        long packages = inventory.packages().stream()
                .filter(item -> item.type().ofDistribution() && asked.test(item.type()))
                .count();
        return document.isEmpty() || packages == 0
                ? List.of()
                : List.of(new Gap(
                        "the document (" + document.get().format() + ") does not say which source packages its "
                                + packages + " packages of the distribution were built from, and advisories are kept by"
                                + " those",
                        Cause.FACT_UNKNOWN));
    }
}
