package dev.plimsoll.advisory.alpine;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;

/// Alpine's security database cut into one JSON file a package: `3.18/main/busybox.json`.
public final class SecdbPackageFeed implements Feed {

    @Override
    public String name() {
        return "alpine";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(path -> path.endsWith(".json"), (path, content) -> {
            try {
                if (JsonReader.read(content, JsonLimits.FOREIGN) instanceof JsonObject item) {
                    AlpinePackages.read(
                            name(),
                            path,
                            item.string("distroversion").orElse(""),
                            item.string("name").orElse(""),
                            item.object("secfixes"),
                            sink);
                } else {
                    sink.problem(path, "", "holds no package");
                }
            } catch (JsonException e) {
                sink.problem(path, "", String.valueOf(e.getMessage()));
            }
        });
    }
}
