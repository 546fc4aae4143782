package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.database.DatabaseDifference;
import dev.plimsoll.json.JsonWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What a revision changed, in numbers: the JSON that its row holds.
final class RevisionSummary {

    private RevisionSummary() {}

    /// Counts what is written down of the revision in this transaction.
    static String of(Handle handle, Activation.Plan plan, Exploited.Change exploited) {
        var matches = new TreeMap<String, Long>();
        handle.createQuery("""
                        select change, count(*) from revision_effect
                        where revision_id = :id and not held and vulnerability <> '' group by change""")
                .bind("id", plan.revision())
                .map((row, _) -> matches.put(row.getString(1), row.getLong(2)))
                .list();
        var ecosystems = new TreeMap<String, Map<String, Long>>();
        plan.difference()
                .ifPresent(difference -> difference
                        .packages()
                        .forEach(change -> ecosystems
                                .computeIfAbsent(change.ecosystem().toString(), _ -> new TreeMap<>())
                                .merge(word(change), 1L, Long::sum)));
        return text(plan, exploited, matches, ecosystems);
    }

    private static String text(
            Activation.Plan plan,
            Exploited.Change exploited,
            Map<String, Long> matches,
            Map<String, Map<String, Long>> ecosystems) {
        return JsonWriter.text(json -> json.object(() -> {
                    json.member("first", plan.difference().isEmpty());
                    for (var kind : DatabaseDifference.Kind.values()) {
                        var word = word(kind);
                        json.member(
                                word,
                                ecosystems.values().stream()
                                        .mapToLong(counts -> counts.getOrDefault(word, 0L))
                                        .sum());
                    }
                    json.object("matches", () -> matches.forEach(json::member));
                    json.member("known_exploited_added", exploited.added().size());
                    json.member("known_exploited_changed", exploited.others().size());
                    json.member(
                            "epss_crossed",
                            plan.difference()
                                    .map(difference -> difference.crossed().size())
                                    .orElse(0));
                    json.object(
                            "ecosystems",
                            () -> ecosystems.forEach(
                                    (ecosystem, counts) -> json.object(ecosystem, () -> counts.forEach(json::member))));
                }))
                .strip();
    }

    static String word(DatabaseDifference.PackageChange change) {
        return word(change.kind());
    }

    private static String word(DatabaseDifference.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
