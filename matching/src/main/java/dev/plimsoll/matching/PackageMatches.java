package dev.plimsoll.matching;

import java.util.List;

/// What matching found of one package.
///
/// @param problems versions that could not be compared, one sentence each
record PackageMatches(List<Finding> findings, List<Suppressed> suppressed, List<String> problems) {

    PackageMatches {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        problems = List.copyOf(problems);
    }
}
