package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.AppliedMapping;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.Mapping;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.waiver.Waivers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Judges an image by a bundle: a pure function, so the same inputs give the same verdict.
///
/// Source: Anchore Engine 1.1, its evaluation of bundles, mended where it is known to be wrong: mappings by digest and
/// id work,
/// an image that no mapping covers gets no verdict, and a rule that fails does not take the evaluation with it.
public final class PolicyEvaluator {

    static final Comparator<RuleResult> ORDER = new ResultOrder();
    static final Comparator<Unjudged> UNJUDGED_ORDER = Comparator.comparing(Unjudged::action, Comparator.reverseOrder())
            .thenComparing(Unjudged::gate)
            .thenComparing(Unjudged::trigger)
            .thenComparing(Unjudged::ruleSetId)
            .thenComparing(Unjudged::ruleId)
            .thenComparing(Unjudged::reason);
    static final Comparator<Problem> PROBLEM_ORDER =
            Comparator.comparing(Problem::severity).thenComparing(Problem::type).thenComparing(Problem::details);

    private final Bundle bundle;
    private final Waivers waivers;
    private final Evidence evidence;
    private final EvaluationOptions options;
    private final List<Problem> problems = new ArrayList<>();
    /// Why nobody knows which mappings and image lists apply: the first reason that came up.
    private Optional<String> selectionFailure = Optional.empty();

    private PolicyEvaluator(Bundle bundle, Waivers waivers, Evidence evidence, EvaluationOptions options) {
        this.bundle = bundle;
        this.waivers = waivers;
        this.evidence = evidence;
        this.options = options;
    }

    public static Verdict evaluate(Bundle bundle, Evidence evidence, EvaluationOptions options) {
        return evaluate(bundle, Waivers.NONE, evidence, options);
    }

    public static Verdict evaluate(Bundle bundle, Waivers waivers, Evidence evidence, EvaluationOptions options) {
        return new PolicyEvaluator(bundle, waivers, evidence, options).evaluate();
    }

    /// The same, as if these results counted for nothing.
    public static Verdict evaluateExcusing(
            List<Bundle> bundles,
            Waivers waivers,
            Evidence evidence,
            EvaluationOptions options,
            List<RuleResult> excused) {
        var items = excused.stream()
                .map(result -> new Allowlist.Item(
                        result.stableId(), result.gate(), NamePattern.exactly(result.stableId()), Optional.empty(), ""))
                .distinct()
                .toList();
        return evaluate(
                bundles.stream().map(bundle -> bundle.alsoAllowing(items)).toList(), waivers, evidence, options);
    }

    /// Judges by several bundles, each on its own.
    ///
    /// @param bundles at least one, with different ids
    public static Verdict evaluate(
            List<Bundle> bundles, Waivers waivers, Evidence evidence, EvaluationOptions options) {
        return bundles.size() == 1
                ? evaluate(bundles.getFirst(), waivers, evidence, options)
                : SeveralBundles.evaluate(bundles, waivers, evidence, options);
    }

    private Verdict evaluate() {
        var denied = first(bundle.denylistedImages());
        var allowed = first(bundle.allowlistedImages());
        var mapping = bundle.mappings().stream()
                .filter(candidate -> means(candidate.images()))
                .findFirst();
        var subject = new Subject(
                evidence.inventory(),
                evidence.matches(),
                evidence.name(),
                evidence.at(),
                options.unknownSeverity(),
                evidence.background());
        var waiving = new WaiverTreatment(mapping.isPresent() ? waivers : Waivers.NONE, evidence);
        var baseline = evidence.background().baseline().map(known -> new BaselineView(known, evidence.inventory()));
        var judge = new RuleJudge(
                subject,
                List.of(
                        new AllowlistTreatment(allowlistsOf(mapping), evidence.at()),
                        waiving,
                        new NewOnlyTreatment(baseline),
                        new GraceTreatment(
                                subject.history(),
                                evidence.at(),
                                result -> waiving.extendedUntil(result).map(WaiverTreatment.Extension::deadline))));
        for (var ruleSet : ruleSetsOf(mapping)) {
            ruleSet.rules().forEach(rule -> judge.judge(ruleSet, rule));
        }
        var results = new ArrayList<>(judge.results());
        results.sort(ORDER);
        var unjudged = judge.unjudged().stream().sorted(UNJUDGED_ORDER).toList();
        problems.addAll(judge.problems());
        var conclusion = conclusion(denied, allowed, mapping, results, unjudged);
        return new Verdict(
                conclusion.decision(),
                conclusion.finalAction(),
                conclusion.reason(),
                conclusion.explanation(),
                evidence.name().toString(),
                mapping.map(found -> new AppliedMapping(
                        found.images().id(), found.images().name(), found.ruleSetIds(), found.allowlistIds())),
                results,
                unjudged,
                problems.stream().distinct().sorted(PROBLEM_ORDER).toList(),
                new Verdict.BundleReference(bundle.id(), bundle.name(), bundle.formatVersion()),
                VerdictInputs.of(bundle, waivers, evidence, options),
                evidence.at(),
                waiving.uses(),
                judge.change(),
                List.of(),
                baseline.map(view -> view.compare(evidence.matches())),
                Optional.empty());
    }

    private record Conclusion(Decision decision, Action finalAction, String reason, String explanation) {}

    private Conclusion conclusion(
            Optional<ImageRule> denied,
            Optional<ImageRule> allowed,
            Optional<Mapping> mapping,
            List<RuleResult> results,
            List<Unjudged> unjudged) {
        if (denied.isPresent()) {
            return new Conclusion(
                    Decision.FAIL,
                    Action.STOP,
                    "denylisted",
                    "The image is on the bundle's list of denied images" + named(denied));
        }
        if (selectionFailure.isPresent()) {
            return new Conclusion(Decision.UNKNOWN, Action.STOP, "policy_evaluation", selectionFailure.get());
        }
        if (allowed.isPresent()) {
            return new Conclusion(
                    Decision.PASS,
                    Action.GO,
                    "allowlisted",
                    "The image is on the bundle's list of allowed images" + named(allowed));
        }
        if (mapping.isEmpty()) {
            return options.unmappedGo()
                    ? new Conclusion(
                            Decision.PASS,
                            Action.GO,
                            "unmapped",
                            "No mapping of the bundle covers the image, which --unmapped go lets pass")
                    : new Conclusion(
                            Decision.UNKNOWN,
                            Action.STOP,
                            "unmapped",
                            "No mapping of the bundle covers the image " + evidence.name());
        }
        return byRules(results, unjudged);
    }

    private Conclusion byRules(List<RuleResult> results, List<Unjudged> unjudged) {
        var failing = options.strict() ? Action.WARN : Action.STOP;
        // they are sorted, the worst first
        var worst = results.isEmpty() ? Action.GO : results.getFirst().action();
        if (worst.compareTo(failing) >= 0) {
            return new Conclusion(Decision.FAIL, worst, "policy_evaluation", counted(results));
        }
        var open = unjudged.stream()
                .filter(rule -> !rule.dataMissing() && rule.action().compareTo(failing) >= 0)
                .toList();
        if (!open.isEmpty()) {
            return new Conclusion(
                    Decision.UNKNOWN,
                    open.getFirst().action(),
                    "policy_evaluation",
                    "The rule " + open.getFirst().ruleId() + " cannot be judged: "
                            + open.getFirst().reason());
        }
        // where the bundle says that it may go on without knowing, it may do so without data too
        var missing = unjudged.stream()
                .filter(rule -> rule.dataMissing() && rule.action() != Action.GO)
                .findFirst();
        if (missing.isPresent()) {
            var action = worst.compareTo(missing.get().action()) >= 0
                    ? worst
                    : missing.get().action();
            return new Conclusion(
                    Decision.DATA_MISSING,
                    action,
                    "policy_evaluation",
                    "The rule " + missing.get().ruleId() + " cannot be judged: "
                            + missing.get().reason());
        }
        return new Conclusion(Decision.PASS, worst, "policy_evaluation", counted(results));
    }

    private static String counted(List<RuleResult> results) {
        long stops = results.stream()
                .filter(result -> result.action() == Action.STOP)
                .count();
        long warns = results.stream()
                .filter(result -> result.action() == Action.WARN)
                .count();
        long allowed = results.stream()
                .filter(result -> result.allowlisted().isPresent())
                .count();
        var said = new ArrayList<String>();
        if (stops > 0) {
            said.add(stops + (stops == 1 ? " result stops it" : " results stop it"));
        }
        if (warns > 0) {
            var noun = stops > 0 ? "" : warns == 1 ? " result" : " results";
            said.add(warns + noun + (warns == 1 ? " warns" : " warn"));
        }
        if (allowed > 0) {
            var noun = !said.isEmpty() ? "" : allowed == 1 ? " result" : " results";
            said.add(allowed + noun + (allowed == 1 ? " is allowlisted" : " are allowlisted"));
        }
        long waived =
                results.stream().filter(result -> result.waived().isPresent()).count();
        if (waived > 0) {
            var noun = !said.isEmpty() ? "" : waived == 1 ? " result" : " results";
            said.add(waived + noun + (waived == 1 ? " is waived" : " are waived"));
        }
        // What a rule of the action GO found neither stops nor warns.
        var nothing = results.isEmpty() ? "No rule fired" : "Nothing that rules found stops it";
        return said.isEmpty() ? nothing : String.join(", ", said);
    }

    private static String named(Optional<ImageRule> rule) {
        return rule.map(found -> " (" + found.id() + ")").orElse("");
    }

    private Optional<ImageRule> first(List<ImageRule> rules) {
        return rules.stream().filter(this::means).findFirst();
    }

    private boolean means(ImageRule rule) {
        try {
            return switch (ImageRules.ask(rule, evidence)) {
                case MEANS -> true;
                case DOES_NOT_MEAN -> false;
                case NOBODY_KNOWS -> {
                    failSelection("The bundle's image rule " + rule.id()
                            + " names an image id or digest, and that of the image is not known");
                    yield false;
                }
            };
        } catch (PatternBoundException e) {
            failSelection(
                    "A pattern of the bundle's mappings or image lists took too many steps, so nobody knows which apply");
            problems.add(new Problem(
                    Problem.Severity.ERROR, "pattern-bound", "image rule " + rule.id() + ": " + e.getMessage()));
            return false;
        }
    }

    private void failSelection(String reason) {
        selectionFailure = selectionFailure.or(() -> Optional.of(reason));
    }

    private List<RuleSet> ruleSetsOf(Optional<Mapping> mapping) {
        var found = new ArrayList<RuleSet>();
        for (var id : mapping.map(Mapping::ruleSetIds).orElse(List.of())) {
            bundle.ruleSets().stream()
                    .filter(ruleSet -> ruleSet.id().equals(id) && ruleSet.ofImages())
                    .forEach(found::add);
        }
        return found;
    }

    private List<Allowlist> allowlistsOf(Optional<Mapping> mapping) {
        var found = new ArrayList<Allowlist>();
        for (var id : mapping.map(Mapping::allowlistIds).orElse(List.of())) {
            bundle.allowlists().stream()
                    .filter(allowlist -> allowlist.id().equals(id))
                    .forEach(found::add);
        }
        return found;
    }
}
