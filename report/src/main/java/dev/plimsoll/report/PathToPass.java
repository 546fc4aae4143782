package dev.plimsoll.report;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The shortest way to a pass: what clears most stops comes first.
final class PathToPass {

    private static final int SUBJECTS_NAMED = 6;

    private PathToPass() {}

    /// One thing to do.
    ///
    /// @param instruction what to do, in the imperative
    /// @param clears how many stopping results it clears
    /// @param about ids that it takes care of, sorted; empty for results that have none
    record Step(String instruction, int clears, List<String> about) {}

    /// The steps for everything that stops, the most effective first.
    static List<Step> steps(List<RuleResult> results) {
        Map<String, List<Finding>> upgrades = new LinkedHashMap<>();
        Map<String, Integer> upgradeCounts = new LinkedHashMap<>();
        Map<String, List<Finding>> withoutFix = new LinkedHashMap<>();
        Map<String, Integer> others = new LinkedHashMap<>();
        for (var result : results) {
            if (result.action() != Action.STOP) {
                continue;
            }
            var finding = result.finding();
            if (finding.isPresent() && !finding.get().fixedIn().isEmpty()) {
                var key = subject(finding.get().item());
                upgrades.computeIfAbsent(key, _ -> new ArrayList<>()).add(finding.get());
                upgradeCounts.merge(key, 1, Integer::sum);
            } else if (finding.isPresent()) {
                withoutFix
                        .computeIfAbsent(subject(finding.get().item()), _ -> new ArrayList<>())
                        .add(finding.get());
            } else {
                others.merge(
                        result.recommendation().isEmpty() ? result.message() : result.recommendation(),
                        1,
                        Integer::sum);
            }
        }
        var steps = new ArrayList<Step>();
        upgrades.forEach((key, findings) -> steps.add(upgrade(key, findings)));
        others.forEach((instruction, count) -> steps.add(new Step(instruction, count, List.of())));
        steps.sort(Comparator.comparingInt(Step::clears).reversed().thenComparing(Step::instruction));
        if (!withoutFix.isEmpty()) {
            steps.add(withoutFix(withoutFix));
        }
        return List.copyOf(steps);
    }

    /// Binaries of one source package are upgraded together.
    private static String subject(ImagePackage item) {
        return switch (item.type()) {
            case DEB, APK, RPM, ALPM ->
                item.source().map(ImagePackage.SourcePackage::name).orElse(item.name());
            default -> item.name() + " " + item.version();
        };
    }

    /// What has no fix is one step, the last: nobody can do it package by package.
    private static Step withoutFix(Map<String, List<Finding>> findings) {
        var subjects = findings.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Finding>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        var all = findings.values().stream().flatMap(List::stream).toList();
        var named = subjects.size() <= SUBJECTS_NAMED
                ? String.join(", ", subjects)
                : String.join(", ", subjects.subList(0, SUBJECTS_NAMED)) + " and " + (subjects.size() - SUBJECTS_NAMED)
                        + " more";
        return new Step(
                "No fix yet for " + named + ": remove what is not needed, or allowlist with an expiry",
                all.size(),
                ids(all));
    }

    private static Step upgrade(String key, List<Finding> findings) {
        var item = findings.getFirst().item();
        var target = findings.stream()
                .map(PathToPass::leastFix)
                .reduce((left, right) -> later(item, left, right))
                .orElseThrow();
        var where = item.type().ofDistribution() || item.locations().isEmpty()
                ? ""
                : " (" + item.locations().getFirst().path() + ")";
        return new Step("Upgrade " + key + " to " + target + where, findings.size(), ids(findings));
    }

    /// Of several fixed versions the first above the installed one: the smallest step.
    private static String leastFix(Finding finding) {
        var scheme = VersionScheme.of(finding.item().type());
        Optional<String> best = Optional.empty();
        for (var fixed : finding.fixedIn()) {
            var above = scheme.flatMap(
                            order -> order.compare(fixed, finding.item().version()))
                    .map(order -> order > 0)
                    .orElse(true);
            if (above
                    && (best.isEmpty()
                            || later(finding.item(), fixed, best.get()).equals(best.get()))) {
                best = Optional.of(fixed);
            }
        }
        return best.orElse(finding.fixedIn().getLast());
    }

    private static String later(ImagePackage item, String left, String right) {
        return VersionScheme.of(item.type())
                        .flatMap(order -> order.compare(left, right))
                        .map(order -> order >= 0)
                        .orElse(false)
                ? left
                : right;
    }

    private static List<String> ids(List<Finding> findings) {
        var ids = new TreeSet<String>();
        findings.forEach(finding -> ids.add(finding.id()));
        return List.copyOf(ids);
    }
}
