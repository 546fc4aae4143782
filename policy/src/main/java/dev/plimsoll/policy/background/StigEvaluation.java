package dev.plimsoll.policy.background;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One run of a security technical implementation guide, or of any such benchmark, made elsewhere. Immutable.
///
/// @param format that told of it: `HDF`, `XCCDF`
/// @param profile its name or id; `unnamed` where the document names none
/// @param evaluatedAt when it ended; the last instant that the document tells of it, empty where it tells none
/// @param target what was looked at, in the document's words, may be empty
/// @param controls sorted by id, each once
public record StigEvaluation(
        String format, String profile, Optional<Instant> evaluatedAt, String target, List<StigControl> controls) {

    public StigEvaluation {
        controls = controls.stream().sorted().toList();
    }

    /// What became of a control.
    ///
    /// Of several results the first that stands here counts.
    ///
    /// Source: MITRE HDF, "Status Determination"; XCCDF 1.2 (NISTIR 7275 revision 4), `resultType`.
    public enum Status {
        FAILED,
        /// It could not be tested.
        ERROR,
        PASSED,
        NOT_REVIEWED,
        NOT_APPLICABLE
    }

    /// How much a control weighs: DISA's categories III, II and I, and what is graver.
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /// A control, or rule, of the profile.
    ///
    /// @param id as the document keys it: `V-260469`, `xccdf_mil.disa.stig_rule_SV-260469r958388_rule`
    /// @param otherIds further names: of its group, of the guide, sorted
    /// @param title may be empty
    /// @param severity empty where the document does not tell
    public record StigControl(
            String id, List<String> otherIds, String title, Optional<Severity> severity, Status status)
            implements Comparable<StigControl> {

        public StigControl {
            otherIds = otherIds.stream()
                    .filter(other -> !other.isBlank() && !other.equals(id))
                    .sorted()
                    .distinct()
                    .toList();
        }

        /// All names.
        public List<String> ids() {
            return Stream.concat(Stream.of(id), otherIds.stream()).toList();
        }

        /// The same, with the result that counts of two.
        StigControl or(Status other) {
            return other.compareTo(status) < 0 ? new StigControl(id, otherIds, title, severity, other) : this;
        }

        @Override
        public int compareTo(StigControl other) {
            return id.compareTo(other.id);
        }
    }
}
