package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.path.Step.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Sorts failing results by what clears them: few steps for many results.
final class Steps {

    private static final int SUBJECTS_NAMED = 6;

    /// From how many packages of the base on, a newer base is one step in place of an upgrade for each.
    private static final int BASE_PACKAGES = 2;

    private final Inventory inventory;
    private final Map<String, String> targets;
    private final Map<String, List<Finding>> upgrades = new LinkedHashMap<>();
    private final Map<String, List<Finding>> withoutFix = new LinkedHashMap<>();
    private final Map<Demand, List<Remedy>> demands = new LinkedHashMap<>();

    /// What one rule asks with the same words.
    private record Demand(String ruleSetId, String ruleId, Remedy remedy) {}

    private Steps(Inventory inventory, Map<String, String> targets) {
        this.inventory = inventory;
        this.targets = targets;
    }

    /// The steps for all results given, the most effective first, what has no fix last.
    ///
    /// @param targets by subject of {@link Upgrades#subject}: versions that were found to be better
    static List<Step> of(Collection<RuleResult> results, Inventory inventory, Map<String, String> targets) {
        var steps = new Steps(inventory, targets);
        results.forEach(steps::take);
        return steps.steps();
    }

    private void take(RuleResult result) {
        var finding = result.finding();
        if (finding.isPresent()) {
            (finding.get().fixedIn().isEmpty() ? withoutFix : upgrades)
                    .computeIfAbsent(Upgrades.subject(finding.get().item()), _ -> new ArrayList<>())
                    .add(finding.get());
        } else {
            var remedy = remedy(result);
            demands.computeIfAbsent(
                            new Demand(result.ruleSetId(), result.ruleId(), remedy.withoutSubject()),
                            _ -> new ArrayList<>())
                    .add(remedy);
        }
    }

    /// The bundle's own word goes before ours.
    private static Remedy remedy(RuleResult result) {
        return result.recommendation().isEmpty()
                ? result.remedy()
                : new Remedy(
                        result.recommendation(), "", "", "", result.remedy().changes());
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        var ofBase = upgrades.entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(finding -> isOfBase(finding.item())))
                .toList();
        if (ofBase.size() >= BASE_PACKAGES) {
            steps.add(newerBase(ofBase));
            ofBase.forEach(entry -> upgrades.remove(entry.getKey()));
        }
        upgrades.forEach((subject, findings) -> steps.add(upgrade(subject, findings)));
        steps.addAll(ofDemands());
        steps.sort(Comparator.comparingInt(Step::clears).reversed().thenComparing(Step::instruction));
        if (!withoutFix.isEmpty()) {
            steps.add(withoutFix());
        }
        return List.copyOf(steps);
    }

    private boolean isOfBase(ImagePackage item) {
        return item.type().ofDistribution()
                && inventory.origin(item).filter(BaseImage.Origin.BASE::equals).isPresent();
    }

    private String target(String subject, List<Finding> findings) {
        var better = targets.get(subject);
        return better == null ? Upgrades.target(findings) : better;
    }

    private Step upgrade(String subject, List<Finding> findings) {
        var target = target(subject, findings);
        var cleared = findings.stream()
                .filter(finding -> !Upgrades.isHit(finding, target))
                .toList();
        var open = ids(findings.stream()
                .filter(finding -> Upgrades.isHit(finding, target))
                .toList());
        return new Step(
                Kind.UPGRADE,
                "Upgrade " + subject + " to " + target
                        + (open.isEmpty()
                                ? ""
                                : ", which " + named(open) + (open.size() == 1 ? " still hits" : " still hit"))
                        + where(findings),
                cleared.size(),
                ids(cleared),
                Upgrades.changes(findings, target));
    }

    private Step newerBase(List<Map.Entry<String, List<Finding>>> subjects) {
        var wanted = new ArrayList<String>();
        var changes = new ArrayList<ImageChange>();
        var cleared = new ArrayList<Finding>();
        for (var entry : subjects) {
            var target = target(entry.getKey(), entry.getValue());
            wanted.add(entry.getKey() + " " + target);
            changes.addAll(Upgrades.changes(entry.getValue(), target));
            entry.getValue().stream()
                    .filter(finding -> !Upgrades.isHit(finding, target))
                    .forEach(cleared::add);
        }
        var base = inventory.image().base().map(BaseImage::name).orElse("");
        return new Step(
                Kind.BASE_IMAGE,
                "Build on a newer " + (base.isEmpty() ? "base image" : base) + ", with at least " + named(wanted)
                        + ", or upgrade these packages in the Dockerfile",
                cleared.size(),
                ids(cleared),
                changes);
    }

    /// Rules that ask the same, in words or in what it does, are one step.
    private List<Step> ofDemands() {
        Map<Object, Step> steps = new LinkedHashMap<>();
        demands.forEach((demand, remedies) -> {
            var instruction = demand.remedy()
                    .instruction(remedies.stream()
                            .map(Remedy::subject)
                            .filter(subject -> !subject.isEmpty())
                            .distinct()
                            .toList());
            boolean triable =
                    remedies.stream().noneMatch(remedy -> remedy.changes().isEmpty());
            Set<ImageChange> changes = new LinkedHashSet<>();
            if (triable) {
                remedies.forEach(remedy -> changes.addAll(remedy.changes()));
            }
            var step = new Step(
                    triable ? Kind.BUILD : Kind.OTHER, instruction, remedies.size(), List.of(), List.copyOf(changes));
            steps.merge(triable ? changes : instruction, step, Steps::both);
        });
        return List.copyOf(steps.values());
    }

    private static Step both(Step one, Step other) {
        return new Step(one.kind(), one.instruction(), one.clears() + other.clears(), one.about(), one.changes());
    }

    /// What has no fix is one step, the last: nobody can do it package by package.
    private Step withoutFix() {
        var subjects = withoutFix.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Finding>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        var all = withoutFix.values().stream().flatMap(List::stream).toList();
        return new Step(
                Kind.WAIVE,
                "No fix yet for " + named(subjects) + ": remove what is not needed, or waive with an expiry",
                all.size(),
                ids(all),
                List.of());
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

    static String named(List<String> subjects) {
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
