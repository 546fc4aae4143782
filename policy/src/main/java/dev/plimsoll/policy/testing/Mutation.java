package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which changes of rules no test notices: each rule's parameters and action are changed one at a time, and all tests
/// are run on what comes out. Only what tests of passing suites notice counts: a test that fails anyway tells nothing.
///
/// @param tried changes that gave a rule again
/// @param survivors those that no test noticed, in the order of rules
/// @param left changes beyond {@link #MAX_MUTANTS} that were not tried
public record Mutation(int tried, List<Survivor> survivors, int left) {

    /// Changes that one run tries: each runs tests until one fails.
    public static final int MAX_MUTANTS = 20_000;

    public Mutation {
        survivors = List.copyOf(survivors);
    }

    /// A change that no test noticed.
    public record Survivor(String bundle, String ruleSet, String rule, String part, String change) {}

    /// @param suites all of whose tests pass
    public static Mutation of(List<TestSuite> suites) {
        var run = new Run(suites);
        bundles(suites).values().forEach(run::tryAll);
        return new Mutation(run.tried, run.survivors, run.left);
    }

    /// Each bundle once, in the order in which suites name them.
    private static Map<String, BundleSource> bundles(List<TestSuite> suites) {
        Map<String, BundleSource> bundles = new LinkedHashMap<>();
        suites.forEach(suite -> suite.bundles().forEach(source -> bundles.putIfAbsent(key(source), source)));
        return bundles;
    }

    private static String key(BundleSource source) {
        return source.bundle().id() + " " + source.bundle().digest();
    }

    /// One run's counts.
    private static final class Run {

        private final List<TestSuite> suites;
        private final List<Survivor> survivors = new ArrayList<>();
        private int tried;
        private int left;

        private Run(List<TestSuite> suites) {
            this.suites = suites;
        }

        private void tryAll(BundleSource source) {
            for (var rule : source.rules()) {
                for (var mutant : RuleMutator.mutants(rule)) {
                    tryOne(source, rule, mutant);
                }
            }
        }

        private void tryOne(BundleSource source, SourceRule rule, RuleMutant mutant) {
            if (tried >= MAX_MUTANTS) {
                left++;
                return;
            }
            Optional<Bundle> changed = mutant.tree().isPresent()
                    ? source.with(rule, mutant.tree().get())
                    : Optional.of(source.without(rule));
            if (changed.isEmpty()) {
                return;
            }
            tried++;
            boolean noticed = suites.stream()
                    .filter(suite -> suite.bundles().stream().anyMatch(of -> key(of).equals(key(source))))
                    .anyMatch(suite -> suite.firstFailing(replaced(suite, source, changed.get()))
                            .isPresent());
            if (!noticed) {
                survivors.add(new Survivor(
                        source.bundle().id(), rule.ruleSet().id(), rule.rule().id(), mutant.part(), mutant.change()));
            }
        }

        private static List<Bundle> replaced(TestSuite suite, BundleSource source, Bundle changed) {
            return suite.bundles().stream()
                    .map(of -> key(of).equals(key(source)) ? changed : of.bundle())
                    .toList();
        }
    }
}
