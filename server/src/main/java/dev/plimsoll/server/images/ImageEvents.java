package dev.plimsoll.server.images;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.Event;
import dev.plimsoll.server.events.EventKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is told of images: that they were analysed or could not be, that a tag moved.
final class ImageEvents {

    private ImageEvents() {}

    /// @param source what made it happen, the same at every attempt: `job 7`
    static Event analyzed(long accountId, String source, ImageRow image, String name, Instant now) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("digest", new JsonString(image.digest()));
        members.put("state", new JsonString("analyzed"));
        members.put(
                "packages", new JsonNumber(BigDecimal.valueOf(image.packages().orElse(0))));
        return event(accountId, EventKind.ANALYSIS_UPDATE, source, now, Optional.of(image.id()), name, members);
    }

    /// @param digest empty where nobody knows which image it was
    static Event failed(
            long accountId,
            String source,
            Optional<Long> imageId,
            Optional<String> digest,
            String name,
            String reason,
            Instant now) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        digest.ifPresent(known -> members.put("digest", new JsonString(known)));
        members.put("state", new JsonString("failed"));
        members.put("reason", new JsonString(reason));
        return event(accountId, EventKind.ANALYSIS_UPDATE, source, now, imageId, name, members);
    }

    static Event moved(
            long accountId, String source, ImageTag tag, String previousDigest, ImageRow image, Instant now) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("repository", new JsonString(tag.registry() + "/" + tag.repository()));
        members.put("tag", new JsonString(tag.tag()));
        members.put("previous_digest", new JsonString(previousDigest));
        members.put("digest", new JsonString(image.digest()));
        return event(accountId, EventKind.TAG_UPDATE, source, now, Optional.of(image.id()), tag.toString(), members);
    }

    private static Event event(
            long accountId,
            EventKind kind,
            String source,
            Instant now,
            Optional<Long> imageId,
            String name,
            Map<String, JsonValue> payload) {
        var id = UUID.nameUUIDFromBytes((kind.word() + " " + source).getBytes(StandardCharsets.UTF_8));
        return new Event(
                id, accountId, kind, Set.of(Cause.IMAGE_CHANGED), now, imageId, name, new JsonObject(payload), false);
    }
}
