package dev.plimsoll.image;

import dev.plimsoll.image.Healthcheck.Times;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
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
                Optional.of(isTrue(config, "ArgsEscaped")),
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

    private static boolean isTrue(JsonObject object, String name) {
        return object.get(name).filter(new JsonBoolean(true)::equals).isPresent();
    }

    private static Optional<Healthcheck> healthcheck(JsonObject config) {
        var found = config.object("Healthcheck");
        if (found.get("Test").filter(JsonArray.class::isInstance).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Healthcheck(
                found.strings("Test"),
                Optional.of(new Times(
                        nanoseconds(found, "Interval"),
                        nanoseconds(found, "Timeout"),
                        nanoseconds(found, "StartPeriod"),
                        nanoseconds(found, "StartInterval"),
                        (int) whole(found, "Retries", Integer.MAX_VALUE)))));
    }

    private static Duration nanoseconds(JsonObject object, String name) {
        return Duration.ofNanos(whole(object, name, Long.MAX_VALUE));
    }

    /// 0 where it is no whole number that an engine would take.
    private static long whole(JsonObject object, String name, long most) {
        return object.number(name)
                .filter(number -> number.signum() > 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0
                        && number.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::longValueExact)
                .orElse(0L);
    }

    private static HistoryEntry history(JsonObject entry) {
        return new HistoryEntry(
                entry.string("created").orElse(""),
                entry.string("created_by").orElse(""),
                entry.string("comment").orElse(""),
                isTrue(entry, "empty_layer"));
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
