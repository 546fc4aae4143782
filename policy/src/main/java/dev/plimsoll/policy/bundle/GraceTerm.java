package dev.plimsoll.policy.bundle;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.Finding;
import java.util.Locale;
import java.util.Optional;

/// How much time there is to mend a vulnerability before a rule counts in full. Of a rule's terms the first whose
/// conditions all hold is taken.
///
/// @param severityAtLeast holds for findings of that severity or a worse one
/// @param knownExploited holds for what CISA's catalogue has, or for what it has not
/// @param fixAvailable holds for what has a fix, or for what has none
/// @param days that pass from the day that `from` names
public record GraceTerm(
        Optional<Severity> severityAtLeast,
        Optional<Boolean> knownExploited,
        Optional<Boolean> fixAvailable,
        int days,
        From from) {

    /// What the days are counted from.
    public enum From {
        /// Runs know the vulnerability in the image since then (`--previous`); without a former run, when it was
        /// published.
        FIRST_SEEN,
        /// Runs know a fix since then; without a former run, when the record with the fix came, else when the
        /// vulnerability was published. Before there is a fix, time does not run.
        FIX,
        PUBLISHED,
        /// CISA's catalogue has it since then.
        KEV_ADDED,
        /// The end of the day by which CISA's catalogue asks for it to be mended.
        KEV_DUE;

        /// As bundles have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether the term is for that finding.
    public boolean isFor(Finding finding) {
        return severityAtLeast.stream().allMatch(least -> finding.severity().compareTo(least) >= 0)
                && knownExploited.stream()
                        .allMatch(wanted ->
                                wanted == finding.exploitation().known().isPresent())
                && fixAvailable.stream()
                        .allMatch(wanted -> wanted != finding.fixedIn().isEmpty());
    }
}
