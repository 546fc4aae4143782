package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.bundle.BundleProblem;
import java.util.List;
import java.util.Optional;

/// What became of a text.
///
/// @param file empty where there are problems
public record TestFileReading(Optional<TestFile> file, List<BundleProblem> problems) {
    public TestFileReading {
        problems = List.copyOf(problems);
    }
}
