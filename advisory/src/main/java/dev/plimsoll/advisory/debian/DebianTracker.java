package dev.plimsoll.advisory.debian;

import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Debian's security tracker, one JSON file a CVE or advisory, as vuln-list lays it out:
/// `tracker/CVE/2023/CVE-2023-5363.json`.
///
/// A release is said to be fixed in one of three places, the most specific counts: a line of the CVE for that release;
/// the advisory (DSA, DLA) that names the CVE; the line for unstable. An advisory that came after the team had
/// put the CVE off (no-dsa, postponed, ignored) is a fix all the same. Where the CVE names an advisory that is not
/// among the files, nobody can say that a release has no fix.
public final class DebianTracker implements Feed {

    @Override
    public String name() {
        return "debian";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        var releases = new TreeSet<String>();
        Map<String, String> advisoryFixes = new HashMap<>();
        var held = new HashSet<String>();
        // Two passes: an advisory may come after the CVE that it fixes.
        files.forEach(
                path -> path.endsWith("distributions.json") || path.contains("/DSA/") || path.contains("/DLA/"),
                (path, content) -> {
                    var object = object(path, content, sink);
                    if (path.endsWith("distributions.json")) {
                        object.ifPresent(list -> releases.addAll(list.members().keySet()));
                    } else {
                        object.ifPresent(advisory -> {
                            held.add(TrackerRecord.withoutRevision(id(advisory)));
                            advisory(path, advisory, advisoryFixes, sink);
                        });
                    }
                });
        if (releases.isEmpty()) {
            sink.problem(
                    "distributions.json", "", "there is no list of releases; nothing can be said of unstable's fixes");
        }
        files.forEach(path -> path.contains("CVE/") && path.endsWith(".json"), (path, content) -> {
            var object = object(path, content, sink);
            if (object.isEmpty()) {
                return;
            }
            if (id(object.get()).isEmpty()) {
                sink.problem(path, "Header", "the record has no id");
            } else {
                new TrackerRecord(path, object.get(), Set.copyOf(releases), advisoryFixes, held).hand(name(), sink);
            }
        });
    }

    private static Optional<JsonObject> object(String path, byte[] content, FeedSink sink) {
        try {
            if (JsonReader.read(content, JsonLimits.FOREIGN) instanceof JsonObject object) {
                return Optional.of(object);
            }
            sink.problem(path, "", "holds no record");
        } catch (JsonException e) {
            sink.problem(path, "", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String id(JsonObject record) {
        return record.object("Header").string("ID").map(String::strip).orElse("");
    }

    /// Hands on a DSA or DLA under its own name, and notes its fixed versions by CVE, release and package.
    private void advisory(String path, JsonObject advisory, Map<String, String> fixes, FeedSink sink) {
        var cves = new TreeSet<String>();
        advisory.objects("Annotations").forEach(line -> cves.addAll(line.strings("Bugs")));
        var affected = new ArrayList<AffectedPackage>();
        for (var line : advisory.objects("Annotations")) {
            var release = line.string("Release").orElse("");
            var name = line.string("Package").orElse("");
            var version = line.string("Version").orElse("");
            if (line.string("Kind").orElse("").equals("fixed") && TrackerRecord.isVersion(version)) {
                cves.forEach(cve -> fixes.merge(
                        key(cve, release, name), version, (left, right) -> TrackerRecord.later(left, right)));
                DebianReleases.of(release)
                        .ifPresentOrElse(
                                ecosystem -> affected.add(TrackerRecord.fixed(ecosystem, name, version)),
                                () -> sink.problem(path, release, "release '" + release + "' is not known here"));
            }
        }
        if (id(advisory).isEmpty()) {
            sink.problem(path, "Header", "the record has no id");
        } else {
            sink.advisory(
                    TrackerRecord.advisory(
                            name(),
                            id(advisory),
                            List.copyOf(cves),
                            Optional.empty(),
                            advisory.object("Header").string("Description").orElse("")),
                    affected);
        }
    }

    static String key(String cve, String release, String name) {
        return cve + " " + release + " " + name;
    }
}
