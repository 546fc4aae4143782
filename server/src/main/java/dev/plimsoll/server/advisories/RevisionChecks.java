package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.database.AdvisoryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Compares the size of a revision with that of the one before: data that was lost on the way must not look like a
/// world that became safe.
final class RevisionChecks {

    private final RevisionSettings settings;

    RevisionChecks(RevisionSettings settings) {
        this.settings = settings;
    }

    /// Why the revision should not count before somebody looked at it; none where it may.
    List<String> reasons(AdvisoryDatabase former, AdvisoryDatabase next) {
        var reasons = new ArrayList<String>();
        var ecosystems = ecosystems(former);
        var nextEcosystems = ecosystems(next);
        long before = sum(ecosystems);
        long now = sum(nextEcosystems);
        if (lost(before, now) > settings.drop() && before >= settings.counted()) {
            reasons.add(words("it has", before, now, settings.drop()));
        }
        each("the ecosystem", ecosystems, nextEcosystems, reasons);
        each("the feed", feeds(former), feeds(next), reasons);
        long known = known(former);
        long nextKnown = known(next);
        if (lost(known, nextKnown) > settings.drop() && known >= settings.counted()) {
            reasons.add(words("the catalogue of exploited vulnerabilities has", known, nextKnown, settings.drop()));
        }
        return reasons;
    }

    private void each(String what, Map<String, Long> former, Map<String, Long> next, List<String> reasons) {
        former.forEach((name, before) -> {
            long now = next.getOrDefault(name, 0L);
            if (before >= settings.counted() && lost(before, now) > settings.dropOfOne()) {
                reasons.add(words(what + " " + name + " has", before, now, settings.dropOfOne()));
            }
        });
    }

    private static String words(String what, long before, long now, double limit) {
        return String.format(
                Locale.ROOT,
                "%s %d records, the active revision %d: more than %.0f %% are gone",
                what,
                now,
                before,
                limit * 100);
    }

    private static double lost(long before, long now) {
        return before == 0 ? 0 : (before - now) / (double) before;
    }

    private static Map<String, Long> ecosystems(AdvisoryDatabase database) {
        var counts = new TreeMap<String, Long>();
        database.coverage().forEach(each -> counts.put(each.ecosystem().toString(), each.records()));
        return counts;
    }

    private static Map<String, Long> feeds(AdvisoryDatabase database) {
        var counts = new TreeMap<String, Long>();
        database.sources().forEach(source -> counts.put(source.feed(), source.records()));
        return counts;
    }

    private static long known(AdvisoryDatabase database) {
        var count = new long[1];
        database.forEachKnown((_, _) -> count[0]++);
        return count[0];
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
