package dev.plimsoll.advisory.lifecycle;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.advisory.feed.FrontMatter;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// End-of-life dates: Markdown with a block of YAML at the head, one file a product.
///
/// Source: endoflife.date, "Recommendations: releases", `releaseCycle`, `eol`, `eoes`.
public final class EndOfLifeFeed implements Feed {

    @Override
    public String name() {
        return "eol";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(path -> path.startsWith("products/") && path.endsWith(".md"), (path, content) -> {
            var file = path.substring(path.lastIndexOf('/') + 1);
            var product = file.substring(0, file.length() - ".md".length());
            var block = FrontMatter.between(new String(content, StandardCharsets.UTF_8), "---", "---");
            if (block.isEmpty()) {
                sink.problem(path, "", "does not begin with a block of YAML");
                return;
            }
            try {
                if (YamlReader.read(block.get().getBytes(StandardCharsets.UTF_8)) instanceof JsonObject page) {
                    page.objects("releases").forEach(release -> release(path, product, release, sink));
                }
            } catch (JsonException e) {
                sink.problem(path, "", String.valueOf(e.getMessage()));
            }
        });
    }

    private static void release(String path, String product, JsonObject release, FeedSink sink) {
        var cycle = release.string("releaseCycle")
                .or(() -> release.number("releaseCycle").map(number -> number.toPlainString()))
                .orElse("");
        if (cycle.isEmpty()) {
            sink.problem(path, "releases", "a release has no name");
            return;
        }
        Optional<LocalDate> day = Optional.empty();
        try {
            day = day(release, "eol");
        } catch (DateTimeException e) {
            sink.problem(path, cycle, "its end of life is no day");
        }
        Optional<Lifecycle.Extension> extension = Optional.empty();
        try {
            extension = extension(release);
        } catch (DateTimeException e) {
            sink.problem(path, cycle, "the end of its extended support is no day");
        }
        sink.lifecycle(new Lifecycle(product, cycle, day, isTrue(release, "eol"), extension));
    }

    private static Optional<Lifecycle.Extension> extension(JsonObject release) {
        return switch (release.get("eoes").orElse(null)) {
            case JsonString _ -> Optional.of(new Lifecycle.Extension(day(release, "eoes"), false));
            case JsonBoolean(var ended) -> Optional.of(new Lifecycle.Extension(Optional.empty(), ended));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> day(JsonObject release, String name) {
        return release.string(name).map(String::strip).map(LocalDate::parse);
    }

    private static boolean isTrue(JsonObject release, String name) {
        return release.get(name).orElse(null) instanceof JsonBoolean(var yes) && yes;
    }
}
