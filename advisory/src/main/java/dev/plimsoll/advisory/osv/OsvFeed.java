package dev.plimsoll.advisory.osv;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.util.Locale;

/// A publisher that writes OSV records, one a file, JSON or YAML.
///
/// @param name of the archive or folder
public record OsvFeed(String name) implements Feed {

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(OsvFeed::isRecord, (path, content) -> record(path, content, name, sink));
    }

    static boolean isRecord(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        var file = lower.substring(lower.lastIndexOf('/') + 1);
        return !file.startsWith(".") && (file.endsWith(".json") || file.endsWith(".yaml") || file.endsWith(".yml"));
    }

    static void record(String path, byte[] content, String feed, FeedSink sink) {
        JsonValue value;
        try {
            value = path.toLowerCase(Locale.ROOT).endsWith(".json")
                    ? JsonReader.read(content, JsonLimits.FOREIGN)
                    : YamlReader.read(content);
        } catch (JsonException e) {
            sink.problem(path, "", String.valueOf(e.getMessage()));
            return;
        }
        switch (value) {
            case JsonObject object -> OsvParser.parse(path, object, feed, sink);
            case JsonArray(var elements) -> {
                for (var element : elements) {
                    if (element instanceof JsonObject object) {
                        OsvParser.parse(path, object, feed, sink);
                    } else {
                        sink.problem(path, "", "an element of the list is no record but a " + element.typeName());
                    }
                }
            }
            default -> sink.problem(path, "", "holds a " + value.typeName() + " where a record belongs");
        }
    }
}
