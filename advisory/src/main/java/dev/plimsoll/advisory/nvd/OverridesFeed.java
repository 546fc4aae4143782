package dev.plimsoll.advisory.nvd;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// CPE ranges of CVEs in the form of NVD's API; kept for matching by CPE.
///
/// Source: NVD, "CVE API 2.0", `configurations`.
public final class OverridesFeed implements Feed {

    /// A record is emptied when its CVE is rejected: nothing is affected then, which is not the same as no record.
    private static final JsonArray NONE = new JsonArray(List.of());

    @Override
    public String name() {
        return "nvd-overrides";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(path -> path.startsWith("data/") && path.endsWith(".json"), (path, content) -> {
            try {
                var file = path.substring(path.lastIndexOf('/') + 1);
                var cve = file.substring(0, file.length() - ".json".length());
                if (JsonReader.read(content, JsonLimits.FOREIGN) instanceof JsonObject record
                        && record.get("cve").orElse(null) instanceof JsonObject override
                        && override.get("configurations").orElse(NONE) instanceof JsonArray configurations) {
                    var text = new ByteArrayOutputStream();
                    try (var json = JsonWriter.compact(text)) {
                        json.element(configurations);
                    }
                    sink.configurations(
                            cve, text.toString(StandardCharsets.UTF_8).strip());
                } else {
                    sink.problem(path, "cve.configurations", "holds no list of configurations");
                }
            } catch (JsonException e) {
                sink.problem(path, "", String.valueOf(e.getMessage()));
            }
        });
    }
}
