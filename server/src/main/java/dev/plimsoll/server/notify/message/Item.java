package dev.plimsoll.server.notify.message;

import java.util.List;
import java.util.Optional;

/// One event of a message, as far as it is of interest to the subscription.
public sealed interface Item {

    Subject subject();

    /// The vulnerabilities of an image became others.
    ///
    /// @param added new ones
    /// @param changed ones whose severity, fix or else became another
    /// @param gone ones that hit it no more
    /// @param more how many are not listed
    record VulnerabilityUpdate(
            Subject subject, List<Finding> added, List<Finding> changed, List<Finding> gone, int more) implements Item {
        public VulnerabilityUpdate {
            added = List.copyOf(added);
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
        }
    }

    /// The verdict on an image became another one.
    ///
    /// @param bundle which policies judged
    /// @param before empty where it was never judged
    /// @param newResults what policies say now that they did not before
    /// @param gone how many results there are no more
    /// @param more how many new results are not listed
    record PolicyEvaluation(
            Subject subject,
            String bundle,
            Optional<Verdict> before,
            Verdict after,
            List<Result> newResults,
            int gone,
            int more)
            implements Item {
        public PolicyEvaluation {
            newResults = List.copyOf(newResults);
        }
    }

    /// A tag points to another image: the subject's.
    ///
    /// @param repository `registry/repository`
    /// @param previousDigest empty where it is new
    record TagUpdate(Subject subject, String repository, String tag, Optional<String> previousDigest) implements Item {}

    /// An image was analysed, or could not be.
    ///
    /// @param state `analyzed` or `failed`
    /// @param reason why it failed
    /// @param packages how many there are in it
    record AnalysisUpdate(Subject subject, String state, Optional<String> reason, int packages) implements Item {}

    /// A decision.
    ///
    /// @param decision `PASS`, `FAIL`, `UNKNOWN`, `DATA_MISSING`
    /// @param finalAction `GO`, `WARN`, `STOP`
    record Verdict(String decision, String finalAction, int stops, int warns) {}

    /// A rule that fired.
    ///
    /// @param stableId the same at every evaluation
    /// @param action `STOP`, `WARN`, `GO`
    record Result(String gate, String trigger, String stableId, String action, String message) {}
}
