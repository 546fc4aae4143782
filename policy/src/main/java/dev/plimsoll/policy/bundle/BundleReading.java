package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import java.util.List;
import java.util.Optional;

/// A bundle as far as it could be read.
///
/// @param bundle empty where there is an error
/// @param problems in the order of the text
public record BundleReading(Optional<Bundle> bundle, List<BundleProblem> problems) {

    public BundleReading {
        problems = List.copyOf(problems);
    }

    public List<BundleProblem> errors() {
        return of(Severity.ERROR);
    }

    public List<BundleProblem> warnings() {
        return of(Severity.WARNING);
    }

    private List<BundleProblem> of(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }
}
