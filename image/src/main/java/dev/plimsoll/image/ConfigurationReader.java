package dev.plimsoll.image;

import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns the JSON of an image's configuration into facts. What is missing or of another type reads as empty.
///
/// Source: OCI Image Specification, "Image Configuration"; Docker Image Specification v1.2.
public final class ConfigurationReader {

    private ConfigurationReader() {}

    /// @param where names the document in messages
    /// @throws ImageException when a diff id is no digest
    public static ImageConfiguration read(JsonObject root, String where) throws ImageException {
        var config = root.object("config");
        return new ImageConfiguration(
                root.string("os").orElse(""),
                root.string("architecture").orElse(""),
                root.string("variant").orElse(""),
                root.string("created").orElse(""),
                root.string("author").orElse(""),
                config.string("User").orElse(""),
                List.copyOf(config.object("ExposedPorts").members().keySet()),
                config.strings("Env"),
                textOrTexts(config, "Entrypoint"),
                textOrTexts(config, "Cmd"),
                config.string("WorkingDir").orElse(""),
                List.copyOf(config.object("Volumes").members().keySet()),
                labels(config.object("Labels")),
                config.string("StopSignal").orElse(""),
                config.strings("Shell"),
                config.strings("OnBuild"),
                healthcheck(config),
                root.objects("history").stream()
                        .map(ConfigurationReader::history)
                        .toList(),
                diffIds(where, root));
    }

    /// Old builders wrote a command as one text.
    private static List<String> textOrTexts(JsonObject object, String name) {
        return object.string(name).map(List::of).orElseGet(() -> object.strings(name));
    }

    private static Map<String, String> labels(JsonObject object) {
        Map<String, String> labels = new TreeMap<>();
        object.members().forEach((key, value) -> {
            if (value instanceof JsonString(var text)) {
                labels.put(key, text);
            }
        });
        return labels;
    }

    private static Optional<List<String>> healthcheck(JsonObject config) {
        var healthcheck = config.object("Healthcheck");
        return healthcheck.get("Test").filter(JsonArray.class::isInstance).map(_ -> healthcheck.strings("Test"));
    }

    private static HistoryEntry history(JsonObject entry) {
        return new HistoryEntry(
                entry.string("created").orElse(""),
                entry.string("created_by").orElse(""),
                entry.string("comment").orElse(""),
                entry.get("empty_layer").filter(new JsonBoolean(true)::equals).isPresent());
    }

    private static List<Digest> diffIds(String where, JsonObject root) throws ImageException {
        List<Digest> digests = new ArrayList<>();
        var position = 0;
        for (var value : root.object("rootfs").array("diff_ids")) {
            var digest = value instanceof JsonString(var text) ? Digest.parse(text) : Optional.<Digest>empty();
            var at = position++;
            digests.add(digest.orElseThrow(() -> new ImageException(
                    ImageException.Kind.UNREADABLE,
                    where + ": /rootfs/diff_ids/" + at + " is not a sha256 or sha512 digest")));
        }
        return digests;
    }
}
