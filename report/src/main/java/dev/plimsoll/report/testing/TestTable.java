package dev.plimsoll.report.testing;

import dev.plimsoll.policy.testing.Mutation;
import dev.plimsoll.policy.testing.RuleCoverage;
import dev.plimsoll.report.PlainText;
import java.util.ArrayList;
import java.util.List;

/// A run of tests for people.
public final class TestTable {

    /// Changes that are shown which no test noticed.
    private static final int SHOWN = 40;

    private final StringBuilder text = new StringBuilder();
    private final boolean verbose;

    private TestTable(boolean verbose) {
        this.verbose = verbose;
    }

    /// @param verbose with the tests of each rule, and all changes that no test noticed
    public static String of(TestReport report, boolean verbose) {
        var table = new TestTable(verbose);
        report.files().forEach(table::file);
        table.coverage(report.coverage());
        report.mutation().ifPresent(table::mutation);
        long failed = report.failed();
        table.line(report.tests()
                + (report.tests() == 1 ? " test, " : " tests, ")
                + (failed == 0 ? "all passed" : failed + " failed"));
        return table.text.toString();
    }

    private void file(TestReport.FileReport file) {
        line(file.file());
        for (var outcome : file.outcomes()) {
            line((outcome.passed() ? "  ok    " : "  FAIL  ") + outcome.test().name());
            outcome.failures().forEach(failure -> line("          " + failure));
        }
        line("");
    }

    private void coverage(List<RuleCoverage> rules) {
        long full = rules.stream().filter(RuleCoverage::isFull).count();
        line("coverage: " + full + " of " + rules.size() + " rules both fired and stayed quiet");
        for (var rule : rules) {
            if (!rule.isFull()) {
                line("  " + name(rule.bundle(), rule.ruleSet(), rule.rule()) + ": " + missing(rule));
            }
            if (verbose) {
                line("  " + name(rule.bundle(), rule.ruleSet(), rule.rule()) + ": fired in "
                        + rule.fired().size()
                        + ", quiet in " + rule.quiet().size() + ", not judged in "
                        + rule.notJudged().size());
                rule.fired().forEach(test -> line("      fired       " + test));
                rule.notJudged().forEach(test -> line("      not judged  " + test));
            }
        }
        line("");
    }

    private static String missing(RuleCoverage rule) {
        if (rule.fired().isEmpty() && rule.quiet().isEmpty() && rule.notJudged().isEmpty()) {
            return "never asked: no test's image has its rule set";
        }
        var words = new ArrayList<String>();
        if (rule.fired().isEmpty()) {
            words.add("never fired");
        }
        if (rule.quiet().isEmpty()) {
            words.add("never quiet");
        }
        return String.join(", ", words)
                + (rule.notJudged().isEmpty()
                        ? ""
                        : " (not judged in " + rule.notJudged().size() + ")");
    }

    private void mutation(Mutation mutation) {
        int survived = mutation.survivors().size();
        line("mutation: " + mutation.tried() + " changes tried, "
                + (survived == 0 ? "tests noticed each" : survived + " that no test noticed"));
        mutation.survivors().stream()
                .limit(verbose ? Long.MAX_VALUE : SHOWN)
                .forEach(survivor -> line("  " + name(survivor.bundle(), survivor.ruleSet(), survivor.rule()) + "  "
                        + survivor.part() + ": " + survivor.change()));
        if (!verbose && survived > SHOWN) {
            line("  and " + (survived - SHOWN) + " more (-v)");
        }
        if (mutation.left() > 0) {
            line("  " + mutation.left() + " more were not tried: one run tries " + Mutation.MAX_MUTANTS);
        }
        line("");
    }

    private static String name(String bundle, String ruleSet, String rule) {
        return bundle + "/" + ruleSet + "/" + rule;
    }

    private void line(String words) {
        text.append(PlainText.of(words)).append('\n');
    }
}
