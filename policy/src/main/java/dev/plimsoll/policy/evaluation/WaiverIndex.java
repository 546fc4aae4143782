package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the waivers that may cover a result: by ids, those with wildcards by how they begin, and what names no ids by
/// the names of packages, so that thousands of waivers cost little for thousands of results.
final class WaiverIndex {

    private final Map<String, List<Integer>> byId = new HashMap<>();
    private final Map<String, List<Integer>> byPrefix = new HashMap<>();
    private final TreeSet<Integer> prefixLengths = new TreeSet<>();
    private final Map<String, List<Integer>> byPackage = new HashMap<>();
    /// What none of the above can tell.
    private final List<Integer> others = new ArrayList<>();

    WaiverIndex(List<Waiver> waivers) {
        for (int i = 0; i < waivers.size(); i++) {
            add(waivers.get(i).scope(), i);
        }
    }

    private void add(Scope scope, int index) {
        if (scope.ids().isEmpty()) {
            addWithoutIds(scope, index);
        }
        for (var pattern : scope.ids()) {
            var exact = pattern.exactName();
            if (exact.isPresent()) {
                byId.computeIfAbsent(exact.get(), _ -> new ArrayList<>()).add(index);
            } else {
                var prefix = pattern.prefix();
                byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(index);
                prefixLengths.add(prefix.length());
            }
        }
    }

    private void addWithoutIds(Scope scope, int index) {
        var exact = scope.packages().stream()
                .flatMap(pattern -> pattern.exactName().stream())
                .toList();
        if (exact.isEmpty() || exact.size() < scope.packages().size()) {
            others.add(index);
            return;
        }
        exact.forEach(
                name -> byPackage.computeIfAbsent(name, _ -> new ArrayList<>()).add(index));
    }

    /// Indices of the waivers that may cover it, ascending.
    Iterable<Integer> candidates(RuleResult result) {
        var found = new TreeSet<>(others);
        result.item().ifPresent(item -> found.addAll(byPackage.getOrDefault(item.name(), List.of())));
        if (byId.isEmpty() && byPrefix.isEmpty()) {
            return found;
        }
        for (var id : Scope.idsOf(result)) {
            found.addAll(byId.getOrDefault(id, List.of()));
            for (int length : prefixLengths) {
                if (length > id.length()) {
                    break;
                }
                found.addAll(byPrefix.getOrDefault(id.substring(0, length), List.of()));
            }
        }
        return found;
    }
}
