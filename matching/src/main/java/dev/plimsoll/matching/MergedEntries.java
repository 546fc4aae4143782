package dev.plimsoll.matching;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Explanation.Entry;
import dev.plimsoll.matching.Explanation.Outcome;
import dev.plimsoll.matching.Explanation.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// Makes one entry of what a record says of one package of the image: a record often lists a package once for each
/// branch of its versions, and it matches where one of them does.
final class MergedEntries {

    /// All that must be alike for two entries to be told as one. `finding` is empty where nothing was found.
    private record Key(String record, String feed, ImagePackage item, String finding, String version, String why) {}

    private record Subject(String record, String feed, ImagePackage item) {}

    private MergedEntries() {}

    /// @param entries in the order in which they are to be told
    static List<Entry> of(List<Entry> entries) {
        var found = entries.stream()
                .filter(entry -> isFound(entry.outcome()))
                .flatMap(MergedEntries::subject)
                .toList();
        var merged = new ArrayList<Entry>();
        var byKey = new LinkedHashMap<Key, Entry>();
        for (var entry : entries) {
            if (entry.item().isEmpty()) {
                merged.add(entry);
            } else if (isFound(entry.outcome()) || subject(entry).noneMatch(found::contains)) {
                byKey.merge(key(entry, entry.item().get()), entry, MergedEntries::both);
            }
        }
        merged.addAll(0, byKey.values());
        return merged;
    }

    private static Stream<Subject> subject(Entry entry) {
        return entry.item().stream().map(item -> new Subject(entry.record(), entry.feed(), item));
    }

    private static boolean isFound(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Matched _, Outcome.Silenced _ -> true;
            case Outcome.NotMatched _ -> false;
        };
    }

    private static Key key(Entry entry, ImagePackage item) {
        return switch (entry.outcome()) {
            case Outcome.Matched(var finding) -> new Key(entry.record(), entry.feed(), item, finding.id(), "", "");
            case Outcome.Silenced(var finding, var _) ->
                new Key(entry.record(), entry.feed(), item, finding.id(), "", "");
            case Outcome.NotMatched(var why, var reason) ->
                new Key(
                        entry.record(),
                        entry.feed(),
                        item,
                        "",
                        entry.comparedVersion(),
                        why == Why.VERSION_OUTSIDE ? why.name() : reason);
        };
    }

    private static Entry both(Entry first, Entry second) {
        boolean fixed = second.fixState() == FixState.FIXED;
        return new Entry(
                first.record(),
                first.feed(),
                first.ecosystem(),
                first.packageName(),
                first.ofSource(),
                joined(first.ranges(), second.ranges()),
                fixed ? FixState.FIXED : first.fixState(),
                joined(first.fixedIn(), second.fixedIn()),
                first.item(),
                first.comparedVersion(),
                first.functions().isEmpty() ? second.functions() : first.functions(),
                bothOutside(first, second));
    }

    /// The fix of one branch says nothing where the version stands before another.
    private static Outcome bothOutside(Entry first, Entry second) {
        return first.outcome() instanceof Outcome.NotMatched(var why, var _)
                        && why == Why.VERSION_OUTSIDE
                        && !first.outcome().equals(second.outcome())
                ? new Outcome.NotMatched(why, Explainer.inNoRange(first.comparedVersion()))
                : first.outcome();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
