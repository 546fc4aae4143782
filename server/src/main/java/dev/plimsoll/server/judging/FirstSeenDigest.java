package dev.plimsoll.server.judging;

import dev.plimsoll.policy.background.FormerResult;
import java.util.stream.Collectors;

/// Names what was known of first sights, among the inputs of a verdict.
final class FirstSeenDigest {

    private FirstSeenDigest() {}

    /// `sha256:…`; the order of findings does not count.
    static String of(FormerResult result) {
        return Policies.sha256(result.findings().stream()
                .flatMap(java.util.List::stream)
                .map(finding -> finding.id() + " " + finding.item().purl() + " " + finding.firstSeen() + " "
                        + finding.fixSeen().map(Object::toString).orElse(""))
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n")));
    }
}
