package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.rule.Names;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Ids that were seen.
final class UniqueIds {

    private final Set<String> seen = new TreeSet<>();
    private final Set<String> told = new HashSet<>();

    Set<String> seen() {
        return seen;
    }

    /// References name it, so a second one makes them ambiguous.
    void refuseSecond(Place place, String id) {
        if (!seen.add(id) && told.add(id)) {
            place.error("id", "the id '" + Names.shortened(id) + "' is there twice");
        }
    }

    /// Nothing names it but reports.
    void warnOfSecond(Place place, String id, String what) {
        if (!seen.add(id) && told.add(id)) {
            place.warning("id", "another " + what + " has the id '" + Names.shortened(id) + "' too");
        }
    }
}
