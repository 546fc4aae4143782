package dev.plimsoll.policy.evaluation;

import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.BaselineComparison;
import dev.plimsoll.policy.BaselineComparison.Added;
import dev.plimsoll.policy.BaselineComparison.Gone;
import dev.plimsoll.policy.Newness;
import dev.plimsoll.policy.Newness.Cause;
import dev.plimsoll.policy.Newness.State;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.background.Baseline;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.PackageKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds findings and results against a baseline. Immutable.
///
/// A finding is known where the baseline has the same vulnerability in a package of the same type and name; a result
/// about no vulnerability is known by its stable id.
final class BaselineView {

    private final Inventory inventory;
    private final Optional<FormerResult> former;
    private final Map<PackageKey, List<FormerFinding>> findings = new HashMap<>();
    private final Map<PackageKey, Set<String>> versions = new HashMap<>();
    private final Set<String> results = new HashSet<>();

    BaselineView(Baseline baseline, Inventory inventory) {
        this.inventory = inventory;
        this.former = switch (baseline) {
            case Baseline.Former(var result) -> Optional.of(result);
            case Baseline.OwnBase() -> Optional.empty();
        };
        former.flatMap(FormerResult::findings)
                .orElse(List.of())
                .forEach(finding -> findings.computeIfAbsent(finding.item().key(), _ -> new ArrayList<>())
                        .add(finding));
        former.flatMap(FormerResult::packages)
                .orElse(List.of())
                .forEach(item -> versions.computeIfAbsent(item.key(), _ -> new HashSet<>())
                        .add(item.version()));
        former.flatMap(FormerResult::results).orElse(List.of()).forEach(result -> results.add(result.stableId()));
    }

    Newness of(RuleResult result) {
        if (result.finding().isPresent()) {
            return of(result.finding().get());
        }
        if (former.isPresent()) {
            return results.contains(result.stableId())
                    ? new Newness(State.EXISTING, Cause.IN_BASELINE)
                    : new Newness(
                            State.NEW, former.get().results().isPresent() ? Cause.IMAGE_OR_BUNDLE : Cause.NOT_TOLD);
        }
        var layers = result.item().map(item -> inventory.origin(item)).orElseGet(() -> originOf(result));
        return ofOrigin(layers);
    }

    /// Where all files of a result come from; empty where one comes from above the base, or nobody knows.
    private Optional<BaseImage.Origin> originOf(RuleResult result) {
        var base = inventory.image().base();
        if (base.isEmpty() || result.places().isEmpty()) {
            return Optional.empty();
        }
        boolean all = result.places().stream()
                .allMatch(place -> place.layer().isPresent()
                        && base.get().origin(place.layer().getAsInt()).equals(Optional.of(BaseImage.Origin.BASE)));
        return Optional.of(all ? BaseImage.Origin.BASE : BaseImage.Origin.APP);
    }

    private static Newness ofOrigin(Optional<BaseImage.Origin> origin) {
        return origin.map(known -> switch (known) {
                    case BASE -> new Newness(State.EXISTING, Cause.IN_BASE_IMAGE);
                    case APP -> new Newness(State.NEW, Cause.IMAGE_OR_BUNDLE);
                })
                .orElseGet(() -> new Newness(State.NEW, Cause.NOT_TOLD));
    }

    private Newness of(Finding finding) {
        if (former.isEmpty()) {
            return ofOrigin(inventory.origin(finding.item()));
        }
        var key = PackageKey.of(finding.item());
        boolean known = findings.getOrDefault(key, List.of()).stream().anyMatch(each -> each.means(finding));
        return known
                ? new Newness(State.EXISTING, Cause.IN_BASELINE)
                : new Newness(State.NEW, cause(key, finding.item().version()));
    }

    private Cause cause(PackageKey key, String version) {
        if (former.flatMap(FormerResult::packages).isEmpty()
                || former.flatMap(FormerResult::findings).isEmpty()) {
            return Cause.NOT_TOLD;
        }
        var before = versions.get(key);
        return before == null
                ? Cause.PACKAGE_ADDED
                : before.contains(version) ? Cause.ADVISORY_CHANGED : Cause.PACKAGE_CHANGED;
    }

    /// All findings of the image against the baseline.
    BaselineComparison compare(MatchResult matches) {
        var added = new ArrayList<Added>();
        int existing = 0;
        for (var finding : matches.findings()) {
            var newness = of(finding);
            if (newness.state() == State.NEW) {
                added.add(new Added(finding, newness.cause()));
            } else {
                existing++;
            }
        }
        return new BaselineComparison(added, existing, gone(matches));
    }

    private List<Gone> gone(MatchResult matches) {
        var now = matches.findings().stream().collect(Collectors.groupingBy(found -> PackageKey.of(found.item())));
        var suppressed = matches.suppressed().stream()
                .map(each -> each.finding())
                .collect(Collectors.groupingBy(found -> PackageKey.of(found.item())));
        var present = inventory.packages().stream()
                .collect(Collectors.groupingBy(
                        PackageKey::of, Collectors.mapping(item -> item.version(), Collectors.toSet())));
        var gone = new ArrayList<Gone>();
        findings.forEach((key, formers) -> {
            for (var each : formers) {
                if (now.getOrDefault(key, List.of()).stream().anyMatch(each::means)) {
                    continue;
                }
                var cause = suppressed.getOrDefault(key, List.of()).stream().anyMatch(each::means)
                        ? Cause.SUPPRESSED
                        : !present.containsKey(key)
                                ? Cause.PACKAGE_REMOVED
                                : present.get(key).contains(each.item().version())
                                        ? Cause.ADVISORY_CHANGED
                                        : Cause.PACKAGE_CHANGED;
                gone.add(new Gone(each.id(), each.severity(), each.item().purl(), cause));
            }
        });
        gone.sort(Comparator.comparing(Gone::id).thenComparing(Gone::purl));
        return gone.stream().distinct().toList();
    }
}
