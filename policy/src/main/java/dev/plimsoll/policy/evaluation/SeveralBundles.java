package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Input;
import dev.plimsoll.policy.Verdict.JudgedBundle;
import dev.plimsoll.policy.Verdict.WaiverUse;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.Bundle.Mapping;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.waiver.Waivers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges an image by several bundles: each judges on its own, with its own mappings, allowlists and image lists, and
/// the worst of their verdicts counts. A bundle that does not cover the image has no say where another does.
final class SeveralBundles {

    private SeveralBundles() {}

    static Verdict evaluate(List<Bundle> bundles, Waivers waivers, Evidence evidence, EvaluationOptions options) {
        var verdicts = bundles.stream()
                .map(bundle -> PolicyEvaluator.evaluate(named(bundle), waivers, evidence, options))
                .toList();
        var uses = uses(verdicts);
        boolean covered = verdicts.stream().anyMatch(SeveralBundles::covers);
        var deciding = verdicts.stream()
                .filter(verdict -> !covered || covers(verdict))
                // the first of those that are equally bad
                .min(Comparator.comparingInt((Verdict verdict) -> rank(verdict.decision()))
                        .thenComparing(Verdict::finalAction, Comparator.reverseOrder()))
                .orElseThrow(() -> new IllegalArgumentException("no bundle"));
        return new Verdict(
                deciding.decision(),
                deciding.finalAction(),
                deciding.reason(),
                "By " + name(deciding) + ": " + deciding.explanation(),
                deciding.imageName(),
                deciding.mapping(),
                verdicts.stream()
                        .flatMap(verdict -> verdict.results().stream())
                        .sorted(PolicyEvaluator.ORDER)
                        .toList(),
                verdicts.stream()
                        .flatMap(verdict -> verdict.unjudged().stream())
                        .sorted(PolicyEvaluator.UNJUDGED_ORDER)
                        .toList(),
                Stream.concat(
                                verdicts.stream()
                                        .flatMap(verdict -> verdict.problems().stream())
                                        .filter(problem -> !problem.type().equals(WaiverTreatment.UNUSED)),
                                WaiverTreatment.unused(uses).stream())
                        .distinct()
                        .sorted(PolicyEvaluator.PROBLEM_ORDER)
                        .toList(),
                deciding.bundle(),
                inputs(verdicts),
                evidence.at(),
                uses,
                verdicts.stream().map(Verdict::change).reduce(Optional.empty(), NextChange::first),
                verdicts.stream().map(SeveralBundles::judged).toList(),
                deciding.baseline(),
                Optional.empty());
    }

    /// A waiver that covers results of several bundles is one.
    private static List<WaiverUse> uses(List<Verdict> verdicts) {
        Map<String, WaiverUse> uses = new LinkedHashMap<>();
        for (var verdict : verdicts) {
            verdict.waivers().forEach(use -> uses.merge(use.id(), use, WaiverUse::and));
        }
        return List.copyOf(uses.values());
    }

    private static boolean covers(Verdict verdict) {
        return !verdict.reason().equals("unmapped");
    }

    private static int rank(Decision decision) {
        return switch (decision) {
            case FAIL -> 0;
            case UNKNOWN -> 1;
            case DATA_MISSING -> 2;
            case PASS -> 3;
        };
    }

    private static String name(Verdict verdict) {
        var bundle = verdict.bundle();
        return bundle.name().isEmpty() ? bundle.id() : bundle.name();
    }

    private static JudgedBundle judged(Verdict verdict) {
        return new JudgedBundle(
                verdict.bundle(),
                verdict.decision(),
                verdict.finalAction(),
                verdict.reason(),
                verdict.explanation(),
                verdict.mapping());
    }

    /// What all depend on is named once.
    private static List<Input> inputs(List<Verdict> verdicts) {
        return verdicts.stream()
                .flatMap(verdict -> verdict.inputs().stream())
                .distinct()
                .sorted(Comparator.comparing(Input::name).thenComparing(Input::value))
                .toList();
    }

    /// With rule sets that bear the bundle's id: two bundles may well have a set of the same name.
    private static Bundle named(Bundle bundle) {
        return new Bundle(
                bundle.id(),
                bundle.name(),
                bundle.formatVersion(),
                bundle.description(),
                bundle.ruleSets().stream()
                        .map(set -> new RuleSet(of(bundle, set.id()), set.name(), set.ofImages(), set.rules()))
                        .toList(),
                bundle.allowlists(),
                bundle.mappings().stream()
                        .map(mapping -> new Mapping(
                                mapping.images(),
                                mapping.ruleSetIds().stream()
                                        .map(id -> of(bundle, id))
                                        .toList(),
                                mapping.allowlistIds()))
                        .toList(),
                bundle.allowlistedImages(),
                bundle.denylistedImages(),
                bundle.digest(),
                bundle.allowBacktracking());
    }

    private static String of(Bundle bundle, String id) {
        return bundle.id() + "/" + id;
    }
}
