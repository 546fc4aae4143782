package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.pattern.NamePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which of many patterns may fit a text: those without wildcards by the whole text, others by how they begin.
final class PrefixIndex {

    private final Map<String, List<Integer>> exact = new HashMap<>();
    private final Map<String, List<Integer>> byPrefix = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();

    void add(NamePattern pattern, int number) {
        pattern.exactName()
                .ifPresentOrElse(
                        name -> exact.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(number),
                        () -> addBeginning(pattern.prefix(), number));
    }

    void addBeginning(String prefix, int number) {
        byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(number);
        lengths.add(prefix.length());
    }

    /// Adds the numbers of all patterns that may fit.
    void collect(String text, Set<Integer> found) {
        var whole = exact.get(text);
        if (whole != null) {
            found.addAll(whole);
        }
        for (int length : lengths) {
            if (length > text.length()) {
                return;
            }
            var some = byPrefix.get(text.substring(0, length));
            if (some != null) {
                found.addAll(some);
            }
        }
    }
}
