package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.build.DatabaseBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a small advisory file is built of: records as OSV writes them, a catalogue, scores, life cycles.
final class Records {

    final Map<String, String> records = new TreeMap<>();
    final TreeSet<String> known = new TreeSet<>();
    final Map<String, String> scores = new TreeMap<>();
    final Map<String, String> lifecycles = new TreeMap<>();

    /// One package of a record.
    record Affected(String ecosystem, String name, String fixed) {}

    static Affected npm(String name, String fixed) {
        return new Affected("npm", name, fixed);
    }

    static Affected debian(String name, String fixed) {
        return new Affected("Debian:12", name, fixed);
    }

    /// @param severity empty for none
    Records add(String id, List<String> aliases, String severity, Affected... affected) {
        return add(id, aliases, severity, false, affected);
    }

    Records add(String id, List<String> aliases, String severity, boolean withdrawn, Affected... affected) {
        var packages = new ArrayList<String>();
        for (var item : affected) {
            packages.add("""
                    {"package": {"ecosystem": "%s", "name": "%s"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}%s]}]}""".formatted(
                            item.ecosystem(),
                            item.name(),
                            item.fixed().isEmpty() ? "" : ", {\"fixed\": \"" + item.fixed() + "\"}"));
        }
        records.put(
                id,
                "{\"id\": \"" + id + "\", \"aliases\": ["
                        + String.join(
                                ", ",
                                aliases.stream().map(alias -> '"' + alias + '"').toList())
                        + "], \"published\": \"2025-01-01T00:00:00Z\", \"modified\": \"2025-01-01T00:00:00Z\""
                        + (withdrawn ? ", \"withdrawn\": \"2025-02-01T00:00:00Z\"" : "")
                        + (severity.isEmpty() ? "" : ", \"database_specific\": {\"severity\": \"" + severity + "\"}")
                        + ", \"affected\": [" + String.join(", ", packages) + "]}");
        return this;
    }

    /// The ecosystems that there are records of.
    Set<String> ecosystems() {
        var found = new TreeSet<String>();
        records.values()
                .forEach(text -> Pattern.compile("\"ecosystem\": \"([^\"]+)\"")
                        .matcher(text)
                        .results()
                        .forEach(match -> found.add(match.group(1))));
        return found;
    }

    Records copy() {
        var copy = new Records();
        copy.records.putAll(records);
        copy.known.addAll(known);
        copy.scores.putAll(scores);
        copy.lifecycles.putAll(lifecycles);
        return copy;
    }

    /// Builds the file.
    Path build(Path folder, Instant at) throws IOException {
        var files = new LinkedHashMap<String, String>();
        records.forEach((id, text) -> files.put("ghsa/" + id + ".json", text));
        if (!known.isEmpty()) {
            files.put(
                    "kev/known.json",
                    "{\"vulnerabilities\": ["
                            + String.join(
                                    ", ",
                                    known.stream()
                                            .map(cve -> "{\"cveID\": \"" + cve
                                                    + "\", \"dateAdded\": \"2026-01-01\", \"dueDate\": \"2026-02-01\"}")
                                            .toList())
                            + "]}");
        }
        if (!scores.isEmpty()) {
            var text = new StringBuilder("#score_date:2026-01-01T00:00:00+0000\n");
            scores.forEach((cve, score) -> text.append(cve)
                    .append(',')
                    .append(score)
                    .append(',')
                    .append(score)
                    .append('\n'));
            files.put("epss/scores.csv", text.toString());
        }
        lifecycles.forEach((product, day) -> files.put(
                "eol/products/" + product.substring(0, product.indexOf(' ')) + ".md",
                "---\nreleases:\n  - releaseCycle: \"" + product.substring(product.indexOf(' ') + 1) + "\"\n    eol: "
                        + day + "\n---\n"));
        var feeds = Files.createTempDirectory(folder, "feeds");
        for (var file : files.entrySet()) {
            var place = feeds.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        var out = Files.createTempFile(folder, "advisories", ".db");
        DatabaseBuilder.build(feeds, out, at, _ -> {});
        return out;
    }
}
