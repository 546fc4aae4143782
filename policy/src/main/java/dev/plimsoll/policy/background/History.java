package dev.plimsoll.policy.background;

import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.RuleResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Since when vulnerabilities and results of rules are known: each run carries on what the one before it said.
///
/// It is the same vulnerability where one of two findings is printed by an id that the other has too, in a package of
/// the same type and name: a new version that still has it does not make it new. What one run does not find, for want
/// of data perhaps, is remembered for {@link #REMEMBERED}. Immutable.
public final class History {

    /// How long what is found no more is remembered, from the last run that found it.
    public static final Duration REMEMBERED = Duration.ofDays(90);

    private final Instant at;
    private final boolean told;
    private final Map<PackageKey, List<KnownVulnerability>> known = new HashMap<>();
    private final Map<String, Instant> results = new HashMap<>();

    private History(Instant at, Optional<FormerResult> former) {
        this.at = at;
        this.told = former.flatMap(FormerResult::findings).isPresent();
        former.ifPresent(this::add);
    }

    private void add(FormerResult former) {
        former.findings()
                .orElse(List.of())
                .forEach(finding -> add(KnownVulnerability.of(finding, former.evaluatedAt())));
        former.remembered().forEach(this::add);
        former.results()
                .orElse(List.of())
                .forEach(result -> results.merge(result.stableId(), result.firstSeen(), History::earlier));
    }

    private void add(KnownVulnerability vulnerability) {
        known.computeIfAbsent(vulnerability.item(), _ -> new ArrayList<>()).add(vulnerability);
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
        for (var vulnerability : known.getOrDefault(PackageKey.of(finding.item()), List.of())) {
            if (vulnerability.means(finding)) {
                first = earlier(first, vulnerability.firstSeen());
                fix = earlier(fix, vulnerability.fixSeen().orElse(fix));
            }
        }
        return new Seen(first, finding.fixedIn().isEmpty() ? Optional.empty() : Optional.of(fix));
    }

    /// Since when a result of a rule is known: one about a vulnerability since that is, any other since a rule first
    /// gave a result with its stable id.
    public Instant firstSeen(RuleResult result) {
        var since = results.getOrDefault(result.stableId(), at);
        return result.finding().map(finding -> seen(finding).first()).orElseGet(() -> earlier(at, since));
    }

    /// What earlier runs found and this one does not, sorted: it is not new when it comes back.
    ///
    /// @param findings of this run
    public List<KnownVulnerability> remembered(List<Finding> findings) {
        var now = new HashMap<PackageKey, List<Finding>>();
        findings.forEach(finding -> now.computeIfAbsent(PackageKey.of(finding.item()), _ -> new ArrayList<>())
                .add(finding));
        return known.values().stream()
                .flatMap(List::stream)
                .filter(vulnerability ->
                        !vulnerability.lastSeen().plus(REMEMBERED).isBefore(at))
                .filter(vulnerability -> now.getOrDefault(vulnerability.item(), List.of()).stream()
                        .noneMatch(vulnerability::means))
                .sorted()
                .toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
