package dev.plimsoll.matching;

import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.util.List;

/// Why a record matched: what was looked up, and what was found.
///
/// @param searchedName the name that was looked up; the source package's for a distribution's advisories
/// @param searchedVersion the version that was compared
/// @param indirect whether name and version are those of the source package
/// @param range the interval of the record that holds the version, `>=1.0 <2.0`
/// @param affected every interval that the record gives for the name, other branches among them: where an upgrade must
///     not end
/// @param record id of the record
/// @param feed where it came from
public record MatchReason(
        Ecosystem ecosystem,
        String searchedName,
        String searchedVersion,
        boolean indirect,
        String range,
        List<VersionInterval> affected,
        String record,
        String feed) {

    public MatchReason {
        affected = List.copyOf(affected);
    }
}
