package dev.plimsoll.matching;

import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.purl.DistributionRelease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What matching found, with all that a policy may ask about the data itself.
///
/// @param release the distribution's release that was used, empty where neither image nor user names one
/// @param findings in {@link Finding#ORDER}
/// @param suppressed in the same order
/// @param coverage of every ecosystem that the image has packages of, sorted
/// @param problems versions that could not be compared, one sentence each, sorted
/// @param builtAt when the data was put together; empty where only folders of records were used
/// @param dataDigests digests of all advisory data used, sorted
/// @param onlyFixed whether findings without a fix were left out of the findings
/// @param exploitationCoverage which data on exploitation there was
public record MatchResult(
        Optional<DistributionRelease> release,
        List<Finding> findings,
        List<Suppressed> suppressed,
        List<EcosystemCoverage> coverage,
        Optional<Lifecycle> lifecycle,
        List<String> problems,
        Optional<Instant> builtAt,
        List<String> dataDigests,
        boolean onlyFixed,
        ExploitationCoverage exploitationCoverage) {

    public MatchResult {
        findings = findings.stream().sorted().toList();
        suppressed = suppressed.stream().sorted().toList();
        coverage = coverage.stream().sorted().toList();
        problems = problems.stream().sorted().distinct().toList();
        dataDigests = dataDigests.stream().sorted().distinct().toList();
    }

    /// The same data with other findings.
    public MatchResult with(List<Finding> others, List<Suppressed> suppressedOnes) {
        return new MatchResult(
                release,
                others,
                suppressedOnes,
                coverage,
                lifecycle,
                problems,
                builtAt,
                dataDigests,
                onlyFixed,
                exploitationCoverage);
    }
}
