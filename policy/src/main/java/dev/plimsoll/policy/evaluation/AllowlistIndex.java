package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the first item that allows a result: items by their exact id, and those with wildcards by how they begin, so
/// that
/// thousands of items cost little for thousands of results.
final class AllowlistIndex {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, OfGate> gates = new HashMap<>();
    private final UserPattern.Budget budget = new UserPattern.Budget();
    /// Items whose patterns broke off, and why: they are asked no more and silence nothing.
    private final Map<Integer, String> broken = new TreeMap<>();

    /// @param allowlists in the mapping's order
    /// @param at items that expire by then are left out
    AllowlistIndex(List<Allowlist> allowlists, Instant at) {
        for (var allowlist : allowlists) {
            for (var item : allowlist.items()) {
                if (item.expiresOn().isPresent()
                        && !at.isBefore(item.expiresOn().get())) {
                    continue;
                }
                gates.computeIfAbsent(item.gate(), _ -> new OfGate()).add(item, entries.size());
                entries.add(new Entry(allowlist, item));
            }
        }
    }

    record Entry(Allowlist allowlist, Allowlist.Item item) {}

    /// What is wrong with items that were asked.
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        broken.forEach((index, reason) -> problems.add(new Problem(
                Problem.Severity.ERROR,
                "pattern-bound",
                "allowlist item " + entries.get(index).item().id() + ", which silences nothing more: " + reason)));
        return problems;
    }

    /// The first item, in the order of the allowlists, for a result of that gate with one of the ids.
    Optional<Entry> find(String gate, Collection<String> ids) {
        var ofGate = gates.get(gate);
        if (ofGate == null) {
            return Optional.empty();
        }
        int first = entries.size();
        for (var id : ids) {
            first = Math.min(first, ofGate.first(id, first));
        }
        return first == entries.size() ? Optional.empty() : Optional.of(entries.get(first));
    }

    private final class OfGate {

        private final Map<String, Integer> exact = new HashMap<>();
        private final Map<String, List<Integer>> byPrefix = new HashMap<>();
        private final TreeSet<Integer> prefixLengths = new TreeSet<>();

        void add(Allowlist.Item item, int index) {
            var name = item.triggerId().exactName();
            if (name.isPresent()) {
                exact.putIfAbsent(name.get(), index);
                return;
            }
            var prefix = item.triggerId().prefix();
            byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(index);
            prefixLengths.add(prefix.length());
        }

        /// The index of the first item that fits, or `least` where none before that does.
        int first(String id, int least) {
            int first = Math.min(least, exact.getOrDefault(id, least));
            for (int length : prefixLengths) {
                if (length > id.length()) {
                    break;
                }
                for (int index : byPrefix.getOrDefault(id.substring(0, length), List.of())) {
                    if (index >= first) {
                        break;
                    }
                    if (matches(index, id)) {
                        first = index;
                        break;
                    }
                }
            }
            return first;
        }
    }

    private boolean matches(int index, String id) {
        if (broken.containsKey(index)) {
            return false;
        }
        try {
            return entries.get(index).item().triggerId().matches(id, budget);
        } catch (PatternBoundException e) {
            broken.put(index, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
