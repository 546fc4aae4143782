package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.waiver.Waivers;
import java.util.List;
import java.util.Optional;

/// A file's tests with all that they need. Pure: it can be run again, by other bundles too.
///
/// @param file of the tests
/// @param bundles at least one, with different ids
public record TestSuite(String file, List<BundleSource> bundles, Waivers waivers, List<Prepared> tests) {

    public TestSuite {
        bundles = List.copyOf(bundles);
        tests = List.copyOf(tests);
    }

    /// A test and the evidence that it judges.
    public record Prepared(PolicyTest test, Evidence evidence) {}

    /// What became of a test.
    ///
    /// @param failures a sentence each; none where it passed
    public record Outcome(PolicyTest test, Verdict verdict, List<String> failures) {
        public Outcome {
            failures = List.copyOf(failures);
        }

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /// Runs all tests, in their order.
    public List<Outcome> run() {
        var all = bundles.stream().map(BundleSource::bundle).toList();
        return tests.stream().map(prepared -> run(prepared, all)).toList();
    }

    /// The first test that fails by other bundles.
    Optional<String> firstFailing(List<Bundle> others) {
        return tests.stream()
                .filter(prepared -> !run(prepared, others).passed())
                .map(prepared -> prepared.test().name())
                .findFirst();
    }

    private Outcome run(Prepared prepared, List<Bundle> by) {
        var test = prepared.test();
        var verdict = PolicyEvaluator.evaluate(by, waivers, prepared.evidence(), test.options());
        return new Outcome(test, verdict, test.expectation().failures(verdict));
    }

    /// Rules that tests name and no bundle has, a sentence each: such a test would look at nothing.
    public List<String> unknownRules() {
        return tests.stream()
                .flatMap(prepared -> prepared.test()
                        .expectation()
                        .ruleNames()
                        .filter(name -> bundles.stream()
                                .noneMatch(source -> source.rules().stream()
                                        .anyMatch(rule -> RuleNames.means(
                                                name,
                                                source.bundle().id() + "/"
                                                        + rule.ruleSet().id(),
                                                rule.rule().id()))))
                        .map(name -> prepared.test().pointer() + "/expect: no bundle has a rule '" + name + "'"))
                .toList();
    }
}
