package dev.plimsoll.policy.gate;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.gate.PackageVulnerabilityTrigger.Level;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Comparison;
import dev.plimsoll.policy.rule.Subject;
import java.util.List;
import java.util.Optional;

/// What a rule of the trigger `package` asks of a finding that the finding itself answers, looked
/// up once for all findings of an image.
///
/// @param fix whether there must be a fix, or must be none
/// @param exploited whether it must be known to be exploited, or must not; empty too where no data
/// tells
/// @param scores those that the rule compares and the data can tell
/// @param comparesUnknown whether the rule compares with severity `unknown` as a severity like others
record FindingConditions(
        PackageScope scope,
        boolean vendorOnly,
        Optional<Boolean> fix,
        Optional<Boolean> exploited,
        List<ScoreCondition.Wanted> scores,
        Comparison comparison,
        Severity level,
        boolean comparesUnknown) {

    static FindingConditions of(Arguments arguments, Subject subject) {
        var known = subject.matches().exploitationCoverage();
        var level = arguments.get(PackageVulnerabilityTrigger.SEVERITY);
        var comparison = arguments.get(PackageVulnerabilityTrigger.SEVERITY_COMPARISON);
        return new FindingConditions(
                arguments.get(PackageVulnerabilityTrigger.PACKAGE_TYPE),
                arguments.get(VulnerabilitiesGate.VENDOR_ONLY),
                arguments.find(PackageVulnerabilityTrigger.FIX_AVAILABLE),
                arguments.find(BackgroundConditions.KNOWN_EXPLOITED).filter(_ -> known.knownExploited()),
                ScoreCondition.ALL.stream()
                        .filter(condition -> !condition.ofExploitation() || known.probabilities())
                        .flatMap(condition -> condition.wanted(arguments).stream())
                        .toList(),
                comparison,
                level.severity(),
                level == Level.UNKNOWN
                        && (comparison.holds(0) || arguments.gives(PackageVulnerabilityTrigger.SEVERITY)));
    }

    /// Whether all of them hold.
    enum Answer {
        HOLDS,
        FAILS,
        /// All others hold, and nobody knows the severity.
        CANNOT_COMPARE
    }

    Answer answer(Finding finding) {
        var severity = finding.severity();
        boolean comparable = severity != Severity.UNKNOWN || comparesUnknown;
        if (comparable && !comparison.holds(severity.compareTo(level))) {
            return Answer.FAILS;
        }
        if (!passes(finding)) {
            return Answer.FAILS;
        }
        return comparable ? Answer.HOLDS : Answer.CANNOT_COMPARE;
    }

    /// All but the severity.
    private boolean passes(Finding finding) {
        if (!scope.holds(finding.item().type())) {
            return false;
        }
        if (vendorOnly && finding.fixState() == FixState.WONT_FIX) {
            return false;
        }
        if (fix.isPresent() && fix.get() == finding.fixedIn().isEmpty()) {
            return false;
        }
        if (exploited.isPresent()
                && exploited.get() != finding.exploitation().known().isPresent()) {
            return false;
        }
        for (var score : scores) {
            if (!score.holds(finding)) {
                return false;
            }
        }
        return true;
    }
}
