package dev.plimsoll.policy.waiver;

import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import java.util.List;
import java.util.Optional;

/// A file of waivers as far as it could be read.
///
/// @param file for messages
/// @param waivers those without an error
/// @param digest of its meaning, `sha256:…`; empty where it is neither YAML nor JSON
/// @param problems in the order of the text
public record WaiverReading(String file, List<Waiver> waivers, Optional<String> digest, List<BundleProblem> problems) {

    public WaiverReading {
        waivers = List.copyOf(waivers);
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
