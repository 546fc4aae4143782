package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.ImageChange.RemovePackage;
import dev.plimsoll.policy.ImageChange.UpgradePackage;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.path.Step.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds what to do so that a bundle lets an image pass, and tries it: the image is judged again as it would be after
/// all steps, with the packages that changed matched anew. An upgrade that brings new trouble is raised further;
/// what nothing clears is left to a waiver.
///
/// One search, one thread. Deterministic; costs a match of the changed packages and an evaluation for each round.
public final class PathFinder {

    /// How often upgrades are raised because what they brought fails too.
    public static final int MAX_ROUNDS = 5;

    /// Up to so many steps, each is left out once to see that it is needed.
    public static final int MAX_LEFT_OUT = 8;

    private final Verdict verdict;
    private final Evidence evidence;
    private final Action failing;
    private final Trial trial;
    private final Rematch rematch;
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, Comparator<String>> orders = new HashMap<>();

    private PathFinder(Verdict verdict, Evidence evidence, Action failing, Trial trial, Rematch rematch) {
        this.verdict = verdict;
        this.evidence = evidence;
        this.failing = failing;
        this.trial = trial;
        this.rematch = rematch;
    }

    /// The way from a verdict to a pass, tried.
    ///
    /// @param failing the mildest action that fails: STOP, or WARN where warnings fail too
    public static PathToPass find(Verdict verdict, Evidence evidence, Action failing, Trial trial, Rematch rematch) {
        if (verdict.decision() == Decision.PASS) {
            return PathToPass.none();
        }
        if (!verdict.reason().equals("policy_evaluation")) {
            return new PathToPass(List.of(), Optional.empty(), verdict.explanation());
        }
        return new PathFinder(verdict, evidence, failing, trial, rematch).find();
    }

    /// The way as results alone tell it, without trying.
    public static PathToPass untried(Verdict verdict, Inventory inventory, Action failing) {
        return new PathToPass(Steps.of(failing(verdict, failing), inventory, Map.of()), Optional.empty(), "");
    }

    private static List<RuleResult> failing(Verdict verdict, Action failing) {
        return verdict.results().stream()
                .filter(result -> result.action().compareTo(failing) >= 0)
                .toList();
    }

    private PathToPass find() {
        var results = failing(verdict, failing);
        var steps = withoutUpgradesOfWhatGoes(Steps.of(results, evidence.inventory(), targets));
        var excused = excused(results, steps);
        var after = judge(steps, excused);
        for (int round = 0; round < MAX_ROUNDS && raise(results, steps, failing(after, failing)); round++) {
            steps = withoutUpgradesOfWhatGoes(Steps.of(results, evidence.inventory(), targets));
            after = judge(steps, excused);
        }
        var left = failing(after, failing);
        if (!left.isEmpty()) {
            steps = withWaiver(steps, left);
            excused = new ArrayList<>(excused);
            excused.addAll(left);
            after = judge(steps, excused);
        }
        if (after.decision() == Decision.PASS) {
            steps = needed(steps, excused);
        }
        return new PathToPass(
                steps, Optional.of(after.decision()), after.decision() == Decision.PASS ? "" : after.explanation());
    }

    private Verdict judge(List<Step> steps, List<RuleResult> excused) {
        List<ImageChange> changes = steps.stream()
                .flatMap(step -> step.changes().stream())
                .distinct()
                .toList();
        return trial.judge(ChangedImage.of(evidence, changes, rematch), excused);
    }

    /// Results that no step which can be tried is for: people see to them, or waive them.
    private static List<RuleResult> excused(List<RuleResult> results, List<Step> steps) {
        Set<ImageChange> tried = new HashSet<>();
        steps.forEach(step -> tried.addAll(step.changes()));
        return results.stream()
                .filter(result -> result.finding()
                        .map(finding -> finding.fixedIn().isEmpty())
                        .orElseGet(() -> result.remedy().changes().isEmpty()
                                || !tried.containsAll(result.remedy().changes())))
                .toList();
    }

    /// Raises upgrades that end in a version which still fails.
    ///
    /// @return whether one was raised
    private boolean raise(List<RuleResult> results, List<Step> steps, List<RuleResult> left) {
        Map<UpgradePackage, String> subjects = new HashMap<>();
        for (var result : results) {
            result.finding().filter(finding -> !finding.fixedIn().isEmpty()).ifPresent(finding -> {
                var subject = Upgrades.subject(finding.item());
                orders.putIfAbsent(subject, Upgrades.order(finding.item()));
                steps.stream()
                        .flatMap(step -> step.changes().stream())
                        .filter(UpgradePackage.class::isInstance)
                        .map(UpgradePackage.class::cast)
                        .filter(change -> change.type() == finding.item().type()
                                && change.name().equals(finding.item().name())
                                && change.from().equals(finding.item().version()))
                        .forEach(change -> subjects.put(change, subject));
            });
        }
        boolean raised = false;
        for (var entry : subjects.entrySet()) {
            var change = entry.getKey();
            var order = orders.get(entry.getValue());
            if (order == null) {
                continue;
            }
            var better = left.stream()
                    .flatMap(result -> result.finding().stream())
                    .filter(finding -> finding.item().type() == change.type()
                            && finding.item().name().equals(change.name()))
                    .flatMap(finding -> finding.fixedIn().stream())
                    .filter(version -> order.compare(version, change.to()) > 0)
                    .max(order);
            if (better.isPresent()) {
                raised = true;
                targets.merge(
                        entry.getValue(), better.get(), (one, other) -> order.compare(one, other) >= 0 ? one : other);
            }
        }
        return raised;
    }

    /// A package that another step removes needs no upgrade.
    private static List<Step> withoutUpgradesOfWhatGoes(List<Step> steps) {
        var going = steps.stream()
                .flatMap(step -> step.changes().stream())
                .filter(RemovePackage.class::isInstance)
                .toList();
        if (going.isEmpty()) {
            return steps;
        }
        return steps.stream()
                .filter(step -> step.kind() != Kind.UPGRADE
                        || !step.changes().stream()
                                .allMatch(change -> change instanceof UpgradePackage upgrade
                                        && going.contains(new RemovePackage(upgrade.type(), upgrade.name()))))
                .toList();
    }

    private static List<Step> withWaiver(List<Step> steps, List<RuleResult> left) {
        var with = new ArrayList<>(steps);
        var names = new TreeSet<String>();
        left.forEach(result ->
                names.add(result.finding().map(Finding::id).orElseGet(() -> result.gate() + " " + result.trigger())));
        with.add(new Step(
                Kind.WAIVE,
                "Waive with an expiry what no version clears: " + Steps.named(List.copyOf(names)),
                left.size(),
                List.copyOf(names),
                List.of()));
        return List.copyOf(with);
    }

    /// Leaves out what a pass does not need.
    private List<Step> needed(List<Step> steps, List<RuleResult> excused) {
        if (steps.size() > MAX_LEFT_OUT) {
            return steps;
        }
        var needed = new ArrayList<>(steps);
        for (var step : steps.reversed()) {
            if (!step.tried() || needed.size() == 1) {
                continue;
            }
            var others = needed.stream().filter(each -> !each.equals(step)).toList();
            if (judge(others, excused).decision() == Decision.PASS) {
                needed.remove(step);
            }
        }
        return List.copyOf(needed);
    }
}
