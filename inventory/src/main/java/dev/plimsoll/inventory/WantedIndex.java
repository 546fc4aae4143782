package dev.plimsoll.inventory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out which of many want a file without asking each: an image has a hundred thousand files, and most are wanted
/// by none. Immutable.
public final class WantedIndex {

    /// In characters.
    private static final int BEGINNING = 3;

    private final List<WantedPaths> wanted;

    /// By the whole last name, where a glob ends in one without wildcards; in lower case.
    private final Map<String, BitSet> byName = new HashMap<>();

    /// By what stands behind the last full stop, where a glob's last name ends in such a text; in lower case.
    private final Map<String, BitSet> byEnding = new HashMap<>();

    /// By its first characters, where a glob's last name begins with as many that are no wildcards; in lower case.
    private final Map<String, BitSet> byBeginning = new HashMap<>();

    /// Those that have to be asked each time.
    private final BitSet others = new BitSet();

    public WantedIndex(List<WantedPaths> wanted) {
        this.wanted = List.copyOf(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            for (var name : wanted.get(i).lastNames()) {
                var lower = name.toLowerCase(Locale.ROOT);
                var ending = lower.substring(lower.lastIndexOf('.') + 1);
                if (isLiteral(lower)) {
                    byName.computeIfAbsent(lower, _ -> new BitSet()).set(i);
                } else if (ending.length() < lower.length() && isLiteral(ending)) {
                    byEnding.computeIfAbsent(ending, _ -> new BitSet()).set(i);
                } else if (lower.length() >= BEGINNING && isLiteral(lower.substring(0, BEGINNING))) {
                    byBeginning
                            .computeIfAbsent(lower.substring(0, BEGINNING), _ -> new BitSet())
                            .set(i);
                } else {
                    others.set(i);
                }
            }
        }
    }

    private static boolean isLiteral(String text) {
        return text.chars().noneMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /// The positions of those that want the file, ascending.
    ///
    /// @param path without the leading slash
    public List<Integer> wanting(String path, int mode, long size) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        var named = byName.get(name);
        var ending = byEnding.get(name.substring(name.lastIndexOf('.') + 1));
        var beginning = name.length() < BEGINNING ? null : byBeginning.get(name.substring(0, BEGINNING));
        List<Integer> found = List.of();
        int asked = -1;
        boolean answer = false;
        for (int i = next(named, ending, beginning, 0); i >= 0; i = next(named, ending, beginning, i + 1)) {
            // Several that want the same files, as all that look into programs do, stand beside each other.
            if (asked < 0 || wanted.get(i) != wanted.get(asked)) {
                asked = i;
                answer = wanted.get(i).wants(path, mode, size);
            }
            if (answer) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(2);
                }
                found.add(i);
            }
        }
        return found;
    }

    private int next(@Nullable BitSet named, @Nullable BitSet ending, @Nullable BitSet beginning, int from) {
        return earlier(named, from, earlier(ending, from, earlier(beginning, from, others.nextSetBit(from))));
    }

    private static int earlier(@Nullable BitSet set, int from, int first) {
        int candidate = set == null ? -1 : set.nextSetBit(from);
        return candidate >= 0 && (first < 0 || candidate < first) ? candidate : first;
    }
}
