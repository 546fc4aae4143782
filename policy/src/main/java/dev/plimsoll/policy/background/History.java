package dev.plimsoll.policy.background;

import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Since when vulnerabilities and results of rules are known: each run carries on what the one before it said.
///
/// It is the same vulnerability where one of two findings is printed by an id that the other has too, in a package of
/// the same type and name: a new version that still has it does not make it new. Ids of errata, which several
/// vulnerabilities share, make no two of them one. Immutable.
public final class History {

    private final Instant at;
    private final boolean told;
    private final Map<PackageKey, List<FormerFinding>> findings = new HashMap<>();
    private final Map<String, Instant> results = new HashMap<>();

    private History(Instant at, Optional<FormerResult> former) {
        this.at = at;
        this.told = former.flatMap(FormerResult::findings).isPresent();
        former.flatMap(FormerResult::findings)
                .orElse(List.of())
                .forEach(finding -> findings.computeIfAbsent(finding.item().key(), _ -> new ArrayList<>())
                        .add(finding));
        former.flatMap(FormerResult::results)
                .orElse(List.of())
                .forEach(result -> results.merge(result.stableId(), result.firstSeen(), History::earlier));
    }

    /// @param at the instant of this run, since when all is known that the former one did not know
    /// @param former the run before
    public static History of(Instant at, Optional<FormerResult> former) {
        return new History(at, former);
    }

    /// Of a run that knows of none before it.
    public static History beginning(Instant at) {
        return of(at, Optional.empty());
    }

    /// Since when a vulnerability of a package, and a fix of it, are known.
    ///
    /// @param first at the latest the instant of this run
    /// @param fix as runs or records tell, whichever knew it first; empty where there is none now
    public record Seen(Instant first, Optional<Instant> fix) {}

    /// Whether an earlier run told which vulnerabilities there were. Else {@link #seen} knows only this run.
    public boolean tellsOfFindings() {
        return told;
    }

    public Seen seen(Finding finding) {
        var first = at;
        var fix = finding.fixDate().map(date -> earlier(at, date.at())).orElse(at);
        for (var former : findings.getOrDefault(PackageKey.of(finding.item()), List.of())) {
            if (former.means(finding)) {
                first = earlier(first, former.firstSeen());
                fix = earlier(fix, former.fixSeen().orElse(fix));
            }
        }
        return new Seen(first, finding.fixedIn().isEmpty() ? Optional.empty() : Optional.of(fix));
    }

    /// Since when a result of a rule is known: one about a vulnerability since that is, any other since a rule first
    /// gave a result with its stable id.
    public Instant firstSeen(RuleResult result) {
        var known = results.getOrDefault(result.stableId(), at);
        return result.finding().map(finding -> seen(finding).first()).orElseGet(() -> earlier(at, known));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
