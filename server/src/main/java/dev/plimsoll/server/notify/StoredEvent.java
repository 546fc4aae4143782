package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.ItemReader;
import dev.plimsoll.server.notify.message.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A row of the outbox.
///
/// @param digest of the image, empty where it is gone or there is none
/// @param payload as it was written
record StoredEvent(
        UUID id,
        long accountId,
        EventKind kind,
        Set<Cause> causes,
        Instant at,
        String name,
        Optional<String> digest,
        String payload,
        boolean quiet,
        long sequence,
        Optional<Instant> dispatchedAt) {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEvent.class);

    /// Of `event e left join image i`.
    static final String COLUMNS =
            "e.id, e.account_id, e.kind, e.causes, e.at, e.name, i.digest, e.payload, e.quiet, e.sequence, e.dispatched_at";

    static final String TABLES = "event e left join image i on i.id = e.image_id";

    static StoredEvent of(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        var dispatched = row.getTimestamp("dispatched_at");
        return new StoredEvent(
                row.getObject("id", UUID.class),
                row.getLong("account_id"),
                EventKind.of(kind).orElseThrow(() -> new SQLException("an event of the unknown kind " + kind)),
                causes((String[]) row.getArray("causes").getArray()),
                row.getTimestamp("at").toInstant(),
                row.getString("name"),
                Optional.ofNullable(row.getString("digest")),
                row.getString("payload"),
                row.getBoolean("quiet"),
                row.getLong("sequence"),
                dispatched == null ? Optional.empty() : Optional.of(dispatched.toInstant()));
    }

    /// Those that are known: a newer server on the same database may know more.
    private static Set<Cause> causes(String[] words) {
        var names = Set.of(words);
        return Arrays.stream(Cause.values())
                .filter(cause -> names.contains(cause.name()))
                .collect(Collectors.toSet());
    }

    JsonObject json() {
        try {
            return JsonReader.read(payload, JsonLimits.FOREIGN) instanceof JsonObject object
                    ? object
                    : JsonObject.EMPTY;
        } catch (JsonException e) {
            throw new IllegalStateException("the payload of event " + id + " is no JSON", e);
        }
    }

    /// What a message tells of it.
    ///
    /// @return empty where the payload cannot be read: it would stand in the way of all others for ever
    Optional<Item> item() {
        try {
            var json = json();
            return Optional.of(ItemReader.read(
                    kind,
                    new Subject(
                            id, at, name, json.string("digest").or(() -> digest).orElse(""), causes),
                    json));
        } catch (RuntimeException e) {
            LOG.error("event {} is told to nobody, it cannot be read: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
