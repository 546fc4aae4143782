package dev.plimsoll.advisory.alpine;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;

/// Alpine's security database: one YAML or JSON file a branch and repository, `v3.5/main.yaml`.
public final class SecdbFeed implements Feed {

    @Override
    public String name() {
        return "alpine-secdb";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(path -> path.endsWith(".yaml") || path.endsWith(".json"), (path, content) -> {
            try {
                var value = path.endsWith(".json")
                        ? JsonReader.read(content, JsonLimits.FOREIGN)
                        : YamlReader.read(content);
                if (value instanceof JsonObject database) {
                    for (var entry : database.objects("packages")) {
                        var item = entry.object("pkg");
                        AlpinePackages.read(
                                name(),
                                path,
                                database.string("distroversion").orElse(""),
                                item.string("name").orElse(""),
                                item.object("secfixes"),
                                sink);
                    }
                } else {
                    sink.problem(path, "", "holds no database");
                }
            } catch (JsonException e) {
                sink.problem(path, "", String.valueOf(e.getMessage()));
            }
        });
    }
}
