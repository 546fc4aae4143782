package dev.plimsoll.policy;

import dev.plimsoll.matching.Finding;
import java.util.List;

/// How findings compare with a baseline.
///
/// @param added findings that the baseline does not have, in {@link Finding#ORDER}
/// @param existing how many it has too
/// @param gone findings of the baseline that are no more, sorted by id and package
public record BaselineComparison(List<Added> added, int existing, List<Gone> gone) {

    public BaselineComparison {
        added = List.copyOf(added);
        gone = List.copyOf(gone);
    }

    /// A finding that is new.
    public record Added(Finding finding, Newness.Cause cause) {}

    /// A finding that is no more.
    ///
    /// @param purl of the package that had it
    public record Gone(String id, String severity, String purl, Newness.Cause cause) {}
}
