package dev.plimsoll.inventory.declared;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is needed by something, directly or not: lock files that list for whom only at their root leave it to the
/// reader
/// to follow.
public final class Reachable {

    private Reachable() {}

    /// The roots and all that they need.
    ///
    /// @param edges what each needs
    public static Set<String> from(Collection<String> roots, Map<String, List<String>> edges) {
        var seen = new HashSet<String>();
        var next = new ArrayDeque<String>();
        for (var root : roots) {
            if (seen.add(root)) {
                next.add(root);
            }
        }
        while (!next.isEmpty()) {
            for (var needed : edges.getOrDefault(next.remove(), List.of())) {
                if (seen.add(needed)) {
                    next.add(needed);
                }
            }
        }
        return seen;
    }
}
