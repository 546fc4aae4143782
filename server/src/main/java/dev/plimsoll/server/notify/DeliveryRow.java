package dev.plimsoll.server.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A delivery as the API shows it.
///
/// @param subscription empty where it is there no more
/// @param nextAt of the next attempt, or the end of its window; means something while it is gathering
/// or queued
record DeliveryRow(
        UUID id,
        String channel,
        Optional<String> subscription,
        String kind,
        String groupKey,
        String state,
        int attempts,
        Instant nextAt,
        Instant createdAt,
        Optional<Instant> deliveredAt,
        Optional<String> lastError,
        Optional<String> document,
        long sequence) {

    static final String COLUMNS = "d.id, c.name as channel, s.name as subscription, d.kind, d.group_key, d.state,"
            + " d.attempts, d.next_at, d.created_at, d.delivered_at, d.last_error, d.document, d.sequence";

    static final String TABLES =
            "delivery d join channel c on c.id = d.channel_id left join subscription s on s.id = d.subscription_id";

    static DeliveryRow of(ResultSet row) throws SQLException {
        return new DeliveryRow(
                row.getObject("id", UUID.class),
                row.getString("channel"),
                Optional.ofNullable(row.getString("subscription")),
                row.getString("kind"),
                row.getString("group_key"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getTimestamp("next_at").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("delivered_at")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString("last_error")),
                Optional.ofNullable(row.getString("document")),
                row.getLong("sequence"));
    }
}
