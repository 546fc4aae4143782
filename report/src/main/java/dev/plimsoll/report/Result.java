package dev.plimsoll.report;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.path.PathFinder;
import dev.plimsoll.policy.path.PathToPass;
import java.time.Instant;
import java.util.Optional;

/// Everything that a run knows at its end; a format writes as much of it as it can say.
///
/// @param toolVersion of Plimsoll
/// @param imageName what the image is called: `--as`, else what the archive says, else the place it was read from
/// @param at the instant that judged, an input
/// @param matches empty for `sbom`
/// @param verdict empty for `sbom` and `vulns`
/// @param path what to do where the verdict is no pass; empty without a verdict
/// @param history since when findings and results of rules are known
public record Result(
        String toolVersion,
        String imageName,
        Instant at,
        Inventory inventory,
        Optional<MatchResult> matches,
        Optional<Verdict> verdict,
        Optional<PathToPass> path,
        History history) {

    /// Of a run that knows of none before it, with the path as the verdict alone tells it, not tried.
    public Result(
            String toolVersion,
            String imageName,
            Instant at,
            Inventory inventory,
            Optional<MatchResult> matches,
            Optional<Verdict> verdict) {
        this(
                toolVersion,
                imageName,
                at,
                inventory,
                matches,
                verdict,
                verdict.map(found -> PathFinder.untried(found, inventory, Action.STOP)),
                History.beginning(at));
    }
}
