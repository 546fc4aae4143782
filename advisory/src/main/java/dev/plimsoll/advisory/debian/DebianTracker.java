package dev.plimsoll.advisory.debian;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Debian's security tracker, one JSON file a CVE or advisory, as vuln-list lays it out:
/// `tracker/CVE/2023/CVE-2023-5363.json`.
///
/// A release is said to be fixed in one of three places, the most specific counts: a line of the CVE for that release;
/// the advisory (DSA, DLA) that names the CVE; the line for unstable.
public final class DebianTracker implements Feed {

    @Override
    public String name() {
        return "slice-debian";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        var releases = new TreeSet<String>();
        Map<String, String> advisoryFixes = new HashMap<>();
        // Two passes: an advisory may come after the CVE that it fixes.
        files.forEach(
                path -> path.endsWith("distributions.json") || path.contains("/DSA/") || path.contains("/DLA/"),
                (path, content) -> {
                    var object = object(path, content, sink);
                    if (path.endsWith("distributions.json")) {
                        releases.addAll(object.members().keySet());
                    } else {
                        advisoryFixes(object, advisoryFixes);
                    }
                });
        if (releases.isEmpty()) {
            sink.problem(
                    "distributions.json", "", "there is no list of releases; nothing can be said of unstable's fixes");
        }
        files.forEach(path -> path.contains("CVE/") && path.endsWith(".json"), (path, content) -> {
            var object = object(path, content, sink);
            if (object.object("Header").string("ID").isEmpty()) {
                sink.problem(path, "Header", "the record has no id");
            } else {
                new TrackerRecord(path, object, Set.copyOf(releases), advisoryFixes).hand(name(), sink);
            }
        });
    }

    private static JsonObject object(String path, byte[] content, FeedSink sink) {
        try {
            if (JsonReader.read(content, JsonLimits.FOREIGN) instanceof JsonObject object) {
                return object;
            }
            sink.problem(path, "", "holds no record");
        } catch (JsonException e) {
            sink.problem(path, "", String.valueOf(e.getMessage()));
        }
        return JsonObject.EMPTY;
    }

    /// Fixed versions by CVE, release and package.
    private static void advisoryFixes(JsonObject advisory, Map<String, String> fixes) {
        for (var reference : advisory.objects("Annotations")) {
            for (var bug : reference.strings("Bugs")) {
                for (var line : advisory.objects("Annotations")) {
                    if (line.string("Kind").orElse("").equals("fixed")
                            && line.string("Release").isPresent()) {
                        fixes.put(
                                key(
                                        bug,
                                        line.string("Release").orElse(""),
                                        line.string("Package").orElse("")),
                                line.string("Version").orElse(""));
                    }
                }
            }
        }
    }

    static String key(String cve, String release, String name) {
        return cve + " " + release + " " + name;
    }
}
