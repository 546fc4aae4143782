package dev.plimsoll.matching;

import java.util.List;

/// What matching found of one package.
///
/// @param findings what counts, no two of the same id
/// @param suppressed what does not, with the reason
/// @param problems versions that could not be compared, one sentence each
public record PackageMatches(List<Finding> findings, List<Suppressed> suppressed, List<String> problems) {

    public PackageMatches {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        problems = List.copyOf(problems);
    }
}
