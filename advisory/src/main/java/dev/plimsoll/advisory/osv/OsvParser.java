package dev.plimsoll.advisory.osv;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.cvss.Cvss;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.versions.VersionScheme;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads a record in the OSV format.
///
/// Source: OSV schema 1.7; the habits of GitHub, Ubuntu, AlmaLinux and PyPA that go beyond it are noted where they are
/// handled.
final class OsvParser {

    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,}");

    /// AlmaLinux and Red Hat mark a module only in the version: `1.2-3.module_el8.6.0+2739+efabdb8f`.
    private static final String MODULE_MARK = ".module";

    /// In addresses; more are left out.
    static final int MAX_REFERENCES = 20;

    /// In characters; the rest is cut off.
    static final int MAX_SUMMARY = 300;

    private OsvParser() {}

    /// Hands the record's advisories to the sink: one, or several where packages have different vulnerabilities of one
    /// erratum.
    static void parse(String path, JsonObject record, String feed, FeedSink sink) {
        var id = record.string("id").orElse("").strip();
        if (id.isEmpty()) {
            sink.problem(path, "id", "the record has no id");
            return;
        }
        Map<List<String>, List<AffectedPackage>> byAliases = new LinkedHashMap<>();
        Map<List<String>, Optional<Severity>> severities = new LinkedHashMap<>();
        var common = aliases(id, record);
        for (var affected : record.objects("affected")) {
            var parsed = affected(path, id, affected, sink);
            if (parsed.isPresent()) {
                var own = narrowed(common, affected);
                byAliases.computeIfAbsent(own, _ -> new ArrayList<>()).add(parsed.get());
                severities.merge(own, severity(record, affected), (left, right) -> left.or(() -> right));
            }
        }
        if (byAliases.isEmpty()) {
            // Known and about nothing that is read here: still an alias of others, and an answer to `explain`.
            byAliases.put(common, List.of());
            severities.put(common, severity(record, JsonObject.EMPTY));
        }
        byAliases.forEach((aliases, packages) -> sink.advisory(
                advisory(id, aliases, record, severities.getOrDefault(aliases, Optional.empty()), feed), packages));
    }

    private static Advisory advisory(
            String id, List<String> aliases, JsonObject record, Optional<Severity> severity, String feed) {
        var scores = new ArrayList<CvssScore>();
        for (var score : record.objects("severity")) {
            Cvss.parse(feed, score.string("score").orElse("")).ifPresent(scores::add);
        }
        for (var affected : record.objects("affected")) {
            for (var score : affected.objects("severity")) {
                Cvss.parse(feed, score.string("score").orElse(""))
                        .filter(found -> !scores.contains(found))
                        .ifPresent(scores::add);
            }
        }
        var references = new ArrayList<String>();
        record.objects("references").stream()
                .limit(MAX_REFERENCES)
                .forEach(reference -> reference.string("url").ifPresent(references::add));
        return new Advisory(
                id,
                aliases,
                feed,
                severity,
                scores,
                instant(record, "published"),
                instant(record, "modified"),
                instant(record, "withdrawn"),
                summary(record),
                references);
    }

    /// Other names: aliases; for an erratum the CVEs that it fixes, which AlmaLinux writes into `related` and Ubuntu
    /// into `upstream`.
    private static List<String> aliases(String id, JsonObject record) {
        var aliases = new TreeSet<String>();
        record.strings("aliases").stream()
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .forEach(aliases::add);
        for (var upstream : record.strings("upstream")) {
            cve(upstream).ifPresent(aliases::add);
        }
        if (isErratum(id)) {
            for (var related : record.strings("related")) {
                cve(related).ifPresent(aliases::add);
            }
        }
        aliases.remove(id);
        return List.copyOf(aliases);
    }

    private static boolean isErratum(String id) {
        return id.startsWith("ALSA-")
                || id.startsWith("ALBA-")
                || id.startsWith("ALEA-")
                || id.startsWith("RLSA-")
                || id.startsWith("RHSA-");
    }

    private static Optional<String> cve(String text) {
        var matcher = CVE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /// Ubuntu says for each release which of the notice's CVEs it has; an empty list says nothing.
    private static List<String> narrowed(List<String> common, JsonObject affected) {
        var here = new TreeSet<String>();
        for (var cve : affected.object("database_specific").object("cves_map").objects("cves")) {
            cve.string("id").flatMap(OsvParser::cve).ifPresent(here::add);
        }
        return here.isEmpty()
                ? common
                : common.stream()
                        .filter(alias -> !CVE.matcher(alias).matches() || here.contains(alias))
                        .toList();
    }

    /// The source's own word: GitHub's `database_specific`, a word in `severity` (Ubuntu), the first word of the
    /// summary (AlmaLinux).
    private static Optional<Severity> severity(JsonObject record, JsonObject affected) {
        var word = record.object("database_specific")
                .string("severity")
                .flatMap(Severity::of)
                .or(() ->
                        affected.object("database_specific").string("severity").flatMap(Severity::of))
                .or(() ->
                        affected.object("ecosystem_specific").string("severity").flatMap(Severity::of))
                .or(() -> record.objects("severity").stream()
                        .flatMap(score -> score.string("score").flatMap(Severity::of).stream())
                        .findFirst());
        if (word.isPresent()) {
            return word;
        }
        var ubuntu = affected.object("database_specific").object("cves_map").objects("cves").stream()
                .flatMap(cve -> cve.objects("severity").stream())
                .flatMap(score -> score.string("score").flatMap(Severity::of).stream())
                .max(java.util.Comparator.naturalOrder());
        if (ubuntu.isPresent()) {
            return ubuntu;
        }
        var summary = record.string("summary").orElse("");
        var colon = summary.indexOf(':');
        return isErratum(record.string("id").orElse("")) && colon > 0
                ? Severity.of(summary.substring(0, colon))
                : Optional.empty();
    }

    private static Optional<AffectedPackage> affected(String path, String id, JsonObject affected, FeedSink sink) {
        var item = affected.object("package");
        var name = item.string("name").orElse("");
        var ecosystem = item.string("ecosystem").orElse("");
        if (name.isEmpty() || ecosystem.isEmpty()) {
            // Records about a git repository name no package.
            return Optional.empty();
        }
        var meaning = OsvEcosystems.of(ecosystem);
        if (meaning.isEmpty()) {
            sink.problem(path, id, "ecosystem '" + ecosystem + "' is not known here");
            return Optional.empty();
        }
        var type = meaning.get().type();
        var ranges = OsvRanges.of(affected, VersionScheme.of(type));
        ranges.problems().forEach(problem -> sink.problem(path, id, name + ": " + problem));
        if (ranges.intervals().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AffectedPackage(
                meaning.get().ecosystem(),
                key(type, name),
                meaning.get().ofSource(),
                ranges.intervals(),
                fixState(ranges),
                ranges.fixedIn(),
                module(type, ranges.fixedIn()),
                List.of(),
                "",
                type == PackageType.GOLANG ? GoImports.of(affected) : List.of()));
    }

    /// Affected without end means that there is no fix; a last affected version, or a list of versions, tells nothing
    /// of
    /// what came behind.
    private static FixState fixState(OsvRanges ranges) {
        if (!ranges.fixedIn().isEmpty()) {
            return FixState.FIXED;
        }
        return ranges.intervals().stream().anyMatch(interval -> interval.upper().isEmpty())
                ? FixState.NOT_FIXED
                : FixState.UNKNOWN;
    }

    /// The name as look-ups write it.
    static String key(PackageType type, String name) {
        return PackageUrl.comparableName(type, name);
    }

    /// The part of the version that marks a module, so that a package outside modules is not compared with it.
    private static String module(PackageType type, List<String> fixedIn) {
        if (type != PackageType.RPM) {
            return "";
        }
        for (var version : fixedIn) {
            var at = version.indexOf(MODULE_MARK);
            if (at >= 0) {
                return version.substring(at + 1);
            }
        }
        return "";
    }

    private static Optional<Instant> instant(JsonObject record, String member) {
        return record.string(member).flatMap(text -> {
            try {
                // The first year stands in real records for "not known".
                return Optional.of(OffsetDateTime.parse(text).toInstant())
                        .filter(instant -> instant.isAfter(Instant.EPOCH));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static String summary(JsonObject record) {
        var text = record.string("summary")
                .filter(summary -> !summary.isBlank())
                .or(() -> record.string("details"))
                .orElse("")
                .strip();
        var line = text.lines().findFirst().orElse("");
        if (line.length() <= MAX_SUMMARY) {
            return line;
        }
        var end = Character.isHighSurrogate(line.charAt(MAX_SUMMARY - 1)) ? MAX_SUMMARY - 1 : MAX_SUMMARY;
        return line.substring(0, end) + "…";
    }
}
