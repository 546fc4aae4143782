package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
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

/// An image's configuration that a document holds. What is missing or of another type reads as empty, as in
/// `image.source.ConfigurationReader`, which reads those of images and is not open to other modules.
///
/// Source: OCI Image Specification, "Image Configuration"; Docker Image Specification v1.2.
final class ImageConfigurations {

    private ImageConfigurations() {}

    /// @return empty where a diff id is no digest, so that nobody knows the layers
    static Optional<ImageConfiguration> read(JsonObject root) {
        var diffIds = new ArrayList<Digest>();
        for (var value : root.object("rootfs").array("diff_ids")) {
            var digest = value instanceof JsonString(var text) ? Digest.parse(text) : Optional.<Digest>empty();
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            diffIds.add(digest.get());
        }
        var config = root.object("config");
        var healthcheck = config.object("Healthcheck");
        return Optional.of(new ImageConfiguration(
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
                texts(config.object("Labels")),
                config.string("StopSignal").orElse(""),
                config.strings("Shell"),
                config.strings("OnBuild"),
                healthcheck.get("Test").filter(JsonArray.class::isInstance).map(_ -> healthcheck.strings("Test")),
                root.objects("history").stream().map(ImageConfigurations::step).toList(),
                diffIds));
    }

    /// Old builders wrote a command as one text.
    private static List<String> textOrTexts(JsonObject object, String name) {
        return object.string(name).map(List::of).orElseGet(() -> object.strings(name));
    }

    private static Map<String, String> texts(JsonObject object) {
        var texts = new TreeMap<String, String>();
        object.members().forEach((key, value) -> {
            if (value instanceof JsonString(var text)) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    private static HistoryEntry step(JsonObject entry) {
        return new HistoryEntry(
                entry.string("created").orElse(""),
                entry.string("created_by").orElse(""),
                entry.string("comment").orElse(""),
                entry.get("empty_layer").filter(new JsonBoolean(true)::equals).isPresent());
    }
}
