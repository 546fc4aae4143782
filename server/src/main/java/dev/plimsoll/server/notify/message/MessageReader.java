package dev.plimsoll.server.notify.message;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads a message from the document that {@link MessageWriter} wrote.
public final class MessageReader {

    private MessageReader() {}

    /// @throws IllegalArgumentException where it is no such document
    public static Message read(String document) {
        try {
            if (JsonReader.read(document, JsonLimits.FOREIGN) instanceof JsonObject object) {
                return message(object);
            }
            throw new IllegalArgumentException("the document of a message is no object");
        } catch (JsonException e) {
            throw new IllegalArgumentException("the document of a message is no JSON: " + e.getMessage(), e);
        }
    }

    private static Message message(JsonObject object) {
        var kind = EventKind.of(text(object, "type")).orElseThrow(() -> missing("type"));
        var data = object.object("data");
        return new Message(
                UUID.fromString(text(data, "id")),
                text(data, "account"),
                text(data, "subscription"),
                kind,
                Grouping.of(text(data, "grouping")).orElseThrow(() -> missing("grouping")),
                text(data, "group_key"),
                text(data, "group"),
                Instant.parse(text(object, "timestamp")),
                causes(data),
                ItemReader.count(data, "events"),
                ItemReader.count(data, "images"),
                data.objects("items").stream()
                        .map(item -> ItemReader.read(kind, subject(item), item))
                        .toList(),
                data.string("link").map(URI::create));
    }

    private static Subject subject(JsonObject item) {
        return new Subject(
                UUID.fromString(text(item, "event")),
                Instant.parse(text(item, "at")),
                text(item, "name"),
                text(item, "digest"),
                causes(item));
    }

    private static Set<Cause> causes(JsonObject object) {
        return object.strings("causes").stream().map(Cause::valueOf).collect(Collectors.toSet());
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the document of a message has no " + name);
    }
}
