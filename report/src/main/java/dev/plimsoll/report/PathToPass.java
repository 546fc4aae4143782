package dev.plimsoll.report;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// What one rule asks with the same words.
    private record Demand(String ruleSetId, String ruleId, Remedy remedy) {}

    /// The steps for everything that stops, the most effective first.
    static List<Step> steps(List<RuleResult> results) {
        Map<String, List<Finding>> upgrades = new LinkedHashMap<>();
        Map<String, List<Finding>> withoutFix = new LinkedHashMap<>();
        Map<Demand, List<String>> demands = new LinkedHashMap<>();
        for (var result : results) {
            if (result.action() != Action.STOP) {
                continue;
            }
            var finding = result.finding();
            if (finding.isPresent()) {
                (finding.get().fixedIn().isEmpty() ? withoutFix : upgrades)
                        .computeIfAbsent(subject(finding.get().item()), _ -> new ArrayList<>())
                        .add(finding.get());
            } else {
                var remedy = remedy(result);
                demands.computeIfAbsent(
                                new Demand(result.ruleSetId(), result.ruleId(), remedy.withoutSubject()),
                                _ -> new ArrayList<>())
                        .add(remedy.subject());
            }
        }
        var steps = new ArrayList<Step>();
        upgrades.forEach((key, findings) -> steps.add(upgrade(key, findings)));
        instructions(demands).forEach((instruction, count) -> steps.add(new Step(instruction, count, List.of())));
        steps.sort(Comparator.comparingInt(Step::clears).reversed().thenComparing(Step::instruction));
        if (!withoutFix.isEmpty()) {
            steps.add(withoutFix(withoutFix));
        }
        return List.copyOf(steps);
    }

    /// The bundle's own word goes before ours.
    private static Remedy remedy(RuleResult result) {
        return result.recommendation().isEmpty() ? result.remedy() : Remedy.of(result.recommendation());
    }

    /// How many results each instruction clears; rules that ask the same are one step.
    private static Map<String, Integer> instructions(Map<Demand, List<String>> demands) {
        Map<String, Integer> instructions = new LinkedHashMap<>();
        demands.forEach((demand, subjects) -> instructions.merge(
                demand.remedy()
                        .instruction(subjects.stream()
                                .filter(subject -> !subject.isEmpty())
                                .distinct()
                                .toList()),
                subjects.size(),
                Integer::sum));
        return instructions;
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
        return new Step(
                "No fix yet for " + named(subjects) + ": remove what is not needed, or allowlist with an expiry",
                all.size(),
                ids(all));
    }

    /// To the least version that carries a fix and that none of the findings hits: the first fix of one may lie in a
    /// branch where another is open. Where there is no such version, to the last fix, which clears what it clears.
    private static Step upgrade(String key, List<Finding> findings) {
        var item = findings.getFirst().item();
        var fixes = fixes(findings);
        // Those with the latest fix first: they are what an early fix fails by, and a kernel has thousands.
        var order = order(item);
        var hardest = findings.stream()
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.fixedIn().getLast(), order)
                        .reversed())
                .toList();
        var target = fixes.stream()
                .filter(fix -> hardest.stream().noneMatch(finding -> isHit(finding, fix)))
                .findFirst()
                .orElse(fixes.getLast());
        var cleared =
                findings.stream().filter(finding -> !isHit(finding, target)).toList();
        var open =
                ids(findings.stream().filter(finding -> isHit(finding, target)).toList());
        return new Step(
                "Upgrade " + key + " to " + target
                        + (open.isEmpty()
                                ? ""
                                : ", which " + named(open) + (open.size() == 1 ? " still hits" : " still hit"))
                        + where(findings),
                cleared.size(),
                ids(cleared));
    }

    /// All versions above the installed ones that fix one of the findings, in order; never empty.
    private static List<String> fixes(List<Finding> findings) {
        var order = order(findings.getFirst().item());
        var above = findings.stream()
                .flatMap(finding -> finding.fixedIn().stream().filter(fix -> isAbove(finding, fix)))
                .distinct()
                .sorted(order)
                .toList();
        return above.isEmpty()
                ? findings.stream()
                        .map(finding -> finding.fixedIn().getLast())
                        .sorted(order)
                        .toList()
                : above;
    }

    private static boolean isAbove(Finding finding, String fix) {
        var order = order(finding.item());
        return finding.reasons().stream().allMatch(reason -> order.compare(fix, reason.searchedVersion()) > 0);
    }

    private static boolean isHit(Finding finding, String version) {
        return VersionScheme.of(finding.item().type())
                .map(scheme -> finding.reasons().stream()
                        .anyMatch(reason -> scheme.check(version, reason.affected()) instanceof RangeCheck.Inside))
                .orElse(false);
    }

    /// Texts that are no versions are equal to all, so that they stay where they are.
    private static Comparator<String> order(ImagePackage item) {
        var scheme = VersionScheme.of(item.type());
        return (left, right) ->
                scheme.flatMap(found -> found.compare(left, right)).orElse(0);
    }

    /// A distribution's packages all stand in its database; others are wherever somebody put them.
    private static String where(List<Finding> findings) {
        if (findings.getFirst().item().type().ofDistribution()) {
            return "";
        }
        var paths = findings.stream()
                .flatMap(finding -> finding.item().locations().stream())
                .map(ImagePackage.Location::path)
                .distinct()
                .toList();
        return switch (paths.size()) {
            case 0 -> "";
            case 1 -> " (" + paths.getFirst() + ")";
            case 2 -> " (" + paths.getFirst() + " and 1 more place)";
            default -> " (" + paths.getFirst() + " and " + (paths.size() - 1) + " more places)";
        };
    }

    private static String named(List<String> subjects) {
        return subjects.size() <= SUBJECTS_NAMED
                ? String.join(", ", subjects)
                : String.join(", ", subjects.subList(0, SUBJECTS_NAMED)) + " and " + (subjects.size() - SUBJECTS_NAMED)
                        + " more";
    }

    private static List<String> ids(List<Finding> findings) {
        var ids = new TreeSet<String>();
        findings.forEach(finding -> ids.add(finding.id()));
        return List.copyOf(ids);
    }
}
