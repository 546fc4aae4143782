package dev.plimsoll.advisory.rubysec;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.cvss.Cvss;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.advisory.feed.RequirementIntervals;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Ruby advisory database: one YAML file an advisory, `gems/NAME/ID.yml`. Advisories of interpreters
/// (`rubies/NAME/ID.yml`) are kept by their ids and hit no package: nothing finds interpreters yet.
///
/// Source: rubysec/ruby-advisory-db, "Schema".
public final class RubysecFeed implements Feed {

    @Override
    public String name() {
        return "rubysec";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        var order = VersionScheme.of(PackageType.GEM).orElseThrow();
        files.forEach(path -> RubysecFeed.isAdvisory(path), (path, content) -> {
            try {
                if (YamlReader.read(content) instanceof JsonObject record) {
                    record(path, record, order, sink);
                } else {
                    sink.problem(path, "", "holds no advisory");
                }
            } catch (JsonException e) {
                sink.problem(path, "", String.valueOf(e.getMessage()));
            }
        });
    }

    private static boolean isAdvisory(String path) {
        return (path.startsWith("gems/") || path.startsWith("rubies/")) && path.endsWith(".yml");
    }

    private void record(String path, JsonObject record, VersionScheme order, FeedSink sink) {
        var gem = record.string("gem").map(String::strip).orElse("");
        if (gem.isEmpty() && record.string("engine").isEmpty()) {
            sink.problem(path, "gem", "the advisory names no gem");
            return;
        }
        if (gem.isEmpty()) {
            sink.advisory(advisory(path, record), List.of());
            return;
        }
        var safe = new ArrayList<VersionInterval>();
        var patched = new ArrayList<VersionInterval>();
        for (var member : List.of("patched_versions", "unaffected_versions")) {
            for (var text : record.strings(member)) {
                var interval = GemRequirement.parse(text, order);
                if (interval.isEmpty()) {
                    sink.problem(path, member, "'" + text + "' is no requirement that can be read");
                    return;
                }
                safe.add(interval.get());
                if (member.equals("patched_versions")) {
                    patched.add(interval.get());
                }
            }
        }
        sink.advisory(
                advisory(path, record),
                List.of(new AffectedPackage(
                        Ecosystem.of(PackageType.GEM),
                        gem,
                        false,
                        RequirementIntervals.complement(safe, order),
                        patched.isEmpty() ? FixState.NOT_FIXED : FixState.FIXED,
                        RequirementIntervals.firstVersions(patched),
                        "",
                        List.of(),
                        RequirementIntervals.fixedAfter(patched))));
    }

    private Advisory advisory(String path, JsonObject record) {
        var ids = ids(path, record);
        return new Advisory(
                ids.getFirst(),
                ids.subList(1, ids.size()),
                name(),
                severity(record),
                List.of(),
                day(record),
                Optional.empty(),
                Optional.empty(),
                record.string("title").orElse("").lines().findFirst().orElse("").strip(),
                record.string("url").map(List::of).orElse(List.of()));
    }

    /// The CVE first; an advisory with neither CVE nor GHSA goes by its file's name.
    private static List<String> ids(String path, JsonObject record) {
        var ids = new ArrayList<String>();
        text(record, "cve").ifPresent(cve -> ids.add("CVE-" + cve));
        text(record, "ghsa").ifPresent(ghsa -> ids.add("GHSA-" + ghsa));
        if (ids.isEmpty()) {
            var file = path.substring(path.lastIndexOf('/') + 1);
            ids.add(file.substring(0, file.length() - ".yml".length()));
        }
        return ids;
    }

    private static Optional<String> text(JsonObject record, String member) {
        return record.string(member)
                .or(() -> record.number(member).map(number -> number.toPlainString()))
                .filter(text -> !text.isBlank());
    }

    /// Scores stand there without their vectors.
    private static Optional<Severity> severity(JsonObject record) {
        return record.number("cvss_v4")
                .or(() -> record.number("cvss_v3"))
                .or(() -> record.number("cvss_v2"))
                .map(Cvss::severity);
    }

    private static Optional<Instant> day(JsonObject record) {
        return text(record, "date").flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text.strip())
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
