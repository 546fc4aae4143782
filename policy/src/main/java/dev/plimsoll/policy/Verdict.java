package dev.plimsoll.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a bundle says of an image, with all that it depended on.
///
/// @param decision what it comes to
/// @param finalAction the most severe action that counts
/// @param reason why: `policy_evaluation`, `allowlisted`, `denylisted`, `unmapped`
/// @param explanation one sentence for people
/// @param imageName the name that the mappings were asked for, `registry/repository:tag`
/// @param mapping the mapping that applied, empty where none did
/// @param results sorted: most severe first, then by gate, trigger, id
/// @param unjudged rules that could not be judged, and why
/// @param problems of the evaluation itself
/// @param bundle id and name
/// @param inputs digests of everything that it depended on, by name, sorted
/// @param evaluatedAt the instant that was given
/// @param change when time alone may change it next, as far as its rules and treatments know
/// @param baseline how the findings compare with the baseline, where one was given
/// @param lease until when its decision holds if nothing but time changes; empty where that was not looked for, or
/// where time alone does not end it
public record Verdict(
        Decision decision,
        Action finalAction,
        String reason,
        String explanation,
        String imageName,
        Optional<AppliedMapping> mapping,
        List<RuleResult> results,
        List<Unjudged> unjudged,
        List<Problem> problems,
        BundleReference bundle,
        List<Input> inputs,
        Instant evaluatedAt,
        Optional<NextChange> change,
        Optional<BaselineComparison> baseline,
        Optional<Lease> lease) {

    public Verdict {
        results = List.copyOf(results);
        unjudged = List.copyOf(unjudged);
        problems = List.copyOf(problems);
        inputs = List.copyOf(inputs);
    }

    /// The same verdict, knowing until when it holds.
    public Verdict with(Optional<Lease> found) {
        return new Verdict(
                decision,
                finalAction,
                reason,
                explanation,
                imageName,
                mapping,
                results,
                unjudged,
                problems,
                bundle,
                inputs,
                evaluatedAt,
                change,
                baseline,
                found);
    }

    public enum Decision {
        PASS,
        FAIL,
        /// Nobody can say: a STOP rule could not be judged, or no mapping covers the image.
        UNKNOWN,
        /// Matches are needed and advisory data is missing.
        DATA_MISSING
    }

    /// The mapping that was applied, and the rule sets and allowlists that it named.
    public record AppliedMapping(String id, String name, List<String> ruleSetIds, List<String> allowlistIds) {}

    /// A rule that could not be judged.
    ///
    /// @param action of the rule: a STOP makes the verdict {@link Decision#UNKNOWN}
    /// @param dataMissing whether advisory data is what is missing
    public record Unjudged(
            String ruleSetId,
            String ruleId,
            String gate,
            String trigger,
            Action action,
            String reason,
            boolean dataMissing) {}

    /// Something wrong with the evaluation: a pattern over its bound, an end-of-life gate.
    public record Problem(Severity severity, String type, String details) {
        public enum Severity {
            ERROR,
            WARN
        }
    }

    public record BundleReference(String id, String name, String formatVersion) {}

    /// A named digest, `sha256:…`, or a value like a time.
    public record Input(String name, String value) {}
}
