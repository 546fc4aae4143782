package dev.plimsoll.policy.difference;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.Mapping;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.testing.FactsText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// In what two rules differ, or that there is only one of them.
final class RuleDifference {

    /// What counts as now for the images that rules are asked about.
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static final ImageName IMAGE = ImageName.parse("registry.example/app:1");

    private RuleDifference() {}

    /// @param before empty where the rule is new
    /// @param after empty where it is gone
    /// @param real further images, asked after those that are made up
    static Optional<Change> of(Optional<SourceRule> before, Optional<SourceRule> after, List<RealImage> real) {
        var what = what(before, after);
        boolean same = before.isPresent()
                && after.isPresent()
                && before.get().rule().extensions().equals(after.get().rule().extensions());
        if (what.isEmpty() && same) {
            return Optional.empty();
        }
        var one = before.map(RuleDifference::alone);
        var other = after.map(RuleDifference::alone);
        var search = new ExampleSearch();
        for (var probe :
                Probes.of(Stream.concat(before.stream(), after.stream()).toList(), AT)) {
            if (search.isComplete()) {
                break;
            }
            FactsText.evidence(
                            probe.facts(),
                            IMAGE,
                            AT,
                            Stream.concat(one.stream(), other.stream())
                                    .map(Bundle::needs)
                                    .reduce(AnalysisRequest.nothing(), AnalysisRequest::and))
                    .ifPresent(evidence ->
                            search.add(probe.words(), answer(one, evidence), answer(other, evidence), probe.facts()));
        }
        var stored = new ExampleSearch();
        real.forEach(image -> stored.add(
                image.name(), answer(one, image.evidence()), answer(other, image.evidence()), JsonObject.EMPTY));
        if (what.isEmpty()) {
            what.add("by the bundle's extensions");
        }
        var named = after.or(() -> before).orElseThrow();
        return Optional.of(new Change(
                "rule",
                named.ruleSet().id() + "/" + named.rule().id() + " ("
                        + named.rule().gate().name() + "/"
                        + named.rule().trigger().name() + ")",
                search.and(stored),
                what,
                Stream.concat(search.examples().stream(), stored.examples().stream())
                        .toList()));
    }

    private static RuleAnswer answer(Optional<Bundle> bundle, Evidence evidence) {
        return bundle.map(by -> RuleAnswer.of(PolicyEvaluator.evaluate(by, evidence, EvaluationOptions.DEFAULT)))
                .orElse(RuleAnswer.NOTHING);
    }

    /// A bundle of that rule for every image.
    private static Bundle alone(SourceRule rule) {
        var any = NamePattern.compile("*", false) instanceof NamePattern.Usable(var pattern)
                ? pattern
                : NamePattern.exactly("*");
        return new Bundle(
                "one-rule",
                "",
                "2",
                "",
                List.of(new RuleSet("set", "", true, List.of(rule.rule()))),
                List.of(),
                List.of(new Mapping(
                        new ImageRule("all", "", any, any, new ImageReference.Tag(any)), List.of("set"), List.of())),
                List.of(),
                List.of(),
                "sha256:" + "0".repeat(64),
                false);
    }

    /// What was written otherwise.
    private static List<String> what(Optional<SourceRule> before, Optional<SourceRule> after) {
        var what = new ArrayList<String>();
        if (before.isEmpty() || after.isEmpty()) {
            what.add(before.isEmpty() ? "added" : "removed");
            return what;
        }
        var one = before.get();
        var other = after.get();
        note(what, "rule set", one.ruleSet().id(), other.ruleSet().id());
        note(what, "id", one.rule().id(), other.rule().id());
        note(what, "gate", name(one.rule()), name(other.rule()));
        note(what, "action", one.rule().action().name(), other.rule().action().name());
        var names = new LinkedHashSet<>(one.parameters().keySet());
        names.addAll(other.parameters().keySet());
        for (var name : names) {
            note(
                    what,
                    name,
                    one.parameters().getOrDefault(name, "(not given)"),
                    other.parameters().getOrDefault(name, "(not given)"));
        }
        if (!one.tree().object("plimsoll").equals(other.tree().object("plimsoll"))) {
            what.add("plimsoll: what the rule says there changed");
        }
        return what;
    }

    private static String name(Rule rule) {
        return rule.gate().name() + "/" + rule.trigger().name();
    }

    private static void note(List<String> what, String name, String before, String after) {
        if (!before.equals(after)) {
            what.add(name + ": " + before + " → " + after);
        }
    }
}
