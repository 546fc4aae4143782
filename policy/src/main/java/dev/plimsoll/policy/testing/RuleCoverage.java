package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.AppliedMapping;
import dev.plimsoll.policy.Verdict.JudgedBundle;
import dev.plimsoll.policy.testing.TestSuite.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// In which tests a rule fired, stayed quiet, and could not be judged. A test whose mapping does not name its rule set
/// is in none of them.
///
/// @param bundle its id
/// @param fired names of tests, also where an allowlist or a waiver silenced it
public record RuleCoverage(
        String bundle,
        String ruleSet,
        String rule,
        String gate,
        String trigger,
        List<String> fired,
        List<String> quiet,
        List<String> notJudged) {

    public RuleCoverage {
        fired = List.copyOf(fired);
        quiet = List.copyOf(quiet);
        notJudged = List.copyOf(notJudged);
    }

    /// Whether tests saw it both fire and stay quiet.
    public boolean isFull() {
        return !fired.isEmpty() && !quiet.isEmpty();
    }

    /// Of all rules of the suite's bundles, in their order.
    public static List<RuleCoverage> of(TestSuite suite, List<Outcome> outcomes) {
        var coverage = new ArrayList<RuleCoverage>();
        for (var source : suite.bundles()) {
            var several = suite.bundles().size() > 1;
            for (var rule : source.rules()) {
                var set = (several ? source.bundle().id() + "/" : "")
                        + rule.ruleSet().id();
                var fired = new ArrayList<String>();
                var quiet = new ArrayList<String>();
                var notJudged = new ArrayList<String>();
                for (var outcome : outcomes) {
                    var verdict = outcome.verdict();
                    var name = outcome.test().name();
                    boolean fires = verdict.results().stream()
                            .anyMatch(result -> result.ruleSetId().equals(set)
                                    && result.ruleId().equals(rule.rule().id()));
                    boolean open = verdict.unjudged().stream()
                            .anyMatch(gap -> gap.ruleSetId().equals(set)
                                    && gap.ruleId().equals(rule.rule().id()));
                    if (fires) {
                        fired.add(name);
                    } else if (open) {
                        notJudged.add(name);
                    } else if (mapping(verdict, source.bundle().id())
                            .filter(found -> found.ruleSetIds().stream()
                                    .anyMatch(id -> id.equals(rule.ruleSet().id()) || id.equals(set)))
                            .isPresent()) {
                        quiet.add(name);
                    }
                }
                coverage.add(new RuleCoverage(
                        source.bundle().id(),
                        rule.ruleSet().id(),
                        rule.rule().id(),
                        rule.rule().gate().name(),
                        rule.rule().trigger().name(),
                        fired,
                        quiet,
                        notJudged));
            }
        }
        return coverage;
    }

    /// The same rules' coverage by the tests of several files, each rule once, in the order in which they come first.
    public static List<RuleCoverage> merged(List<RuleCoverage> all) {
        Map<List<String>, RuleCoverage> merged = new LinkedHashMap<>();
        all.forEach(rule -> merged.merge(
                List.of(rule.bundle, rule.ruleSet, rule.rule, rule.gate, rule.trigger), rule, RuleCoverage::and));
        return List.copyOf(merged.values());
    }

    private RuleCoverage and(RuleCoverage other) {
        return new RuleCoverage(
                bundle,
                ruleSet,
                rule,
                gate,
                trigger,
                both(fired, other.fired),
                both(quiet, other.quiet),
                both(notJudged, other.notJudged));
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Optional<AppliedMapping> mapping(Verdict verdict, String bundle) {
        return verdict.bundles().isEmpty()
                ? verdict.mapping()
                : verdict.bundles().stream()
                        .filter(part -> part.bundle().id().equals(bundle))
                        .findFirst()
                        .flatMap(JudgedBundle::mapping);
    }
}
