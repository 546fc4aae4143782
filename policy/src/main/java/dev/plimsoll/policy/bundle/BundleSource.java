package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.rule.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bundle with the text of its rules, so that one rule can be written otherwise and read again. Immutable.
public final class BundleSource {

    private final JsonObject tree;
    private final Bundle bundle;
    private final Format format;
    private final RuleExtensions general;

    private BundleSource(JsonObject tree, Bundle bundle) {
        this.tree = tree;
        this.bundle = bundle;
        this.format = Format.of(bundle.formatVersion()).orElseThrow();
        this.general = ExtensionReader.read(new Place(tree, "", new ArrayList<>()));
    }

    /// What became of a text.
    ///
    /// @param source empty where there are errors
    public record Reading(Optional<BundleSource> source, List<BundleProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /// A rule with its text.
    ///
    /// @param ruleSet that it stands in
    /// @param setIndex of the rule set in the bundle
    /// @param index in the rule set
    /// @param tree as it was written
    public record SourceRule(RuleSet ruleSet, int setIndex, int index, Rule rule, JsonObject tree) {

        /// The texts that it gives for parameters, by the parameters' own names, in the order of their declaration.
        public Map<String, String> parameters() {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Parameter<?> parameter : rule.trigger().parameters()) {
                for (var given : tree.objects("params")) {
                    if (given.string("name").filter(parameter::isNamed).isPresent()) {
                        texts.put(parameter.name(), given.string("value").orElse(""));
                    }
                }
            }
            return texts;
        }
    }

    /// Reads a bundle, in JSON or YAML.
    public static Reading read(String fileName, byte[] text, boolean allowBacktracking) {
        return switch (BundleSyntax.parse(fileName, text)) {
            case BundleSyntax.Refused(var reason) ->
                new Reading(Optional.empty(), List.of(new BundleProblem(Severity.ERROR, "", reason)));
            case BundleSyntax.Tree(var object) -> {
                var reading = BundleReader.read(object, allowBacktracking);
                yield new Reading(reading.bundle().map(bundle -> new BundleSource(object, bundle)), reading.problems());
            }
        };
    }

    public Bundle bundle() {
        return bundle;
    }

    /// The rules of its rule sets for images, in their order.
    public List<SourceRule> rules() {
        var rules = new ArrayList<SourceRule>();
        var sets = tree.objects(format.ruleSets());
        for (int i = 0; i < bundle.ruleSets().size(); i++) {
            var ruleSet = bundle.ruleSets().get(i);
            if (ruleSet.ofImages()) {
                var trees = sets.get(i).objects("rules");
                for (int j = 0; j < ruleSet.rules().size(); j++) {
                    rules.add(new SourceRule(ruleSet, i, j, ruleSet.rules().get(j), trees.get(j)));
                }
            }
        }
        return rules;
    }

    /// The bundle with a rule written otherwise; empty where it would be no rule.
    public Optional<Bundle> with(SourceRule rule, JsonObject changed) {
        return read(rule, changed).map(read -> with(rule, List.of(read)));
    }

    /// The bundle without a rule.
    public Bundle without(SourceRule rule) {
        return with(rule, List.of());
    }

    private Optional<Rule> read(SourceRule rule, JsonObject changed) {
        var problems = new ArrayList<BundleProblem>();
        var pointer = "/" + format.ruleSets() + "/" + rule.setIndex() + "/rules/" + rule.index();
        var read =
                new RuleReader(format, bundle.allowBacktracking(), general).read(new Place(changed, pointer, problems));
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR) ? Optional.empty() : read;
    }

    private Bundle with(SourceRule rule, List<Rule> others) {
        var ruleSets = new ArrayList<>(bundle.ruleSets());
        var ruleSet = ruleSets.get(rule.setIndex());
        var rules = new ArrayList<>(ruleSet.rules());
        rules.remove(rule.index());
        rules.addAll(rule.index(), others);
        ruleSets.set(rule.setIndex(), new RuleSet(ruleSet.id(), ruleSet.name(), ruleSet.ofImages(), rules));
        return new Bundle(
                bundle.id(),
                bundle.name(),
                bundle.formatVersion(),
                bundle.description(),
                ruleSets,
                bundle.allowlists(),
                bundle.mappings(),
                bundle.allowlistedImages(),
                bundle.denylistedImages(),
                bundle.digest(),
                bundle.allowBacktracking());
    }
}
