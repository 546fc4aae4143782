package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds the waivers that may cover a result: by ids, and what names no ids by packages, and what names none of these
/// by
/// paths, so that thousands of waivers cost little for thousands of results.
final class WaiverIndex {

    private final PrefixIndex ids = new PrefixIndex();
    private final PrefixIndex packages = new PrefixIndex();
    /// Package URLs by their names, which have no namespace.
    private final PrefixIndex urls = new PrefixIndex();
    private final PrefixIndex paths = new PrefixIndex();
    /// What none of the above can tell.
    private final List<Integer> others = new ArrayList<>();

    WaiverIndex(List<Waiver> waivers) {
        for (int i = 0; i < waivers.size(); i++) {
            add(waivers.get(i).scope(), i);
        }
    }

    private void add(Scope scope, int number) {
        if (!scope.ids().isEmpty()) {
            scope.ids().forEach(pattern -> ids.add(pattern, number));
        } else if (!scope.packages().isEmpty()) {
            scope.packages().forEach(pattern -> (pattern.isUrl() ? urls : packages).add(pattern.name(), number));
        } else if (!scope.paths().isEmpty()) {
            scope.paths().forEach(glob -> paths.addBeginning(beginning(glob.text()), number));
        } else {
            others.add(number);
        }
    }

    /// What all paths that fit begin with.
    private static String beginning(String glob) {
        int length = 0;
        while (length < glob.length() && "*?[{".indexOf(glob.charAt(length)) < 0) {
            length++;
        }
        return glob.substring(0, length);
    }

    /// Numbers of the waivers that may cover it, ascending.
    ///
    /// @param resultIds all that it goes by
    Set<Integer> candidates(RuleResult result, Set<String> resultIds) {
        var found = new TreeSet<>(others);
        resultIds.forEach(id -> ids.collect(id, found));
        result.item().ifPresent(item -> {
            packages.collect(item.name(), found);
            urls.collect(item.purl().name(), found);
        });
        // a waiver with paths covers only results all of whose places fit, so the first tells enough
        if (!result.places().isEmpty()) {
            paths.collect(result.places().getFirst().path(), found);
        }
        return found;
    }
}
