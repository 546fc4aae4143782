package dev.plimsoll.report.testing;

import dev.plimsoll.policy.testing.Mutation;
import dev.plimsoll.policy.testing.RuleCoverage;
import dev.plimsoll.policy.testing.TestSuite.Outcome;
import java.util.List;
import java.util.Optional;

/// What a run of tests gave.
///
/// @param coverage of each rule, by the tests of all files that judge by its bundle
/// @param mutation where it was asked for, and all tests passed
public record TestReport(List<FileReport> files, List<RuleCoverage> coverage, Optional<Mutation> mutation) {

    public TestReport {
        files = List.copyOf(files);
        coverage = List.copyOf(coverage);
    }

    /// What the tests of one file gave.
    public record FileReport(String file, List<Outcome> outcomes) {
        public FileReport {
            outcomes = List.copyOf(outcomes);
        }
    }

    public long tests() {
        return files.stream().mapToLong(file -> file.outcomes().size()).sum();
    }

    public long failed() {
        return files.stream()
                .flatMap(file -> file.outcomes().stream())
                .filter(outcome -> !outcome.passed())
                .count();
    }
}
