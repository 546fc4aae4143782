package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// A channel as the API shows it.
///
/// @param state `active` or `paused`
/// @param reason why it is paused
/// @param failures attempts that failed since the last that did not
/// @param waiting messages that are to be sent
/// @param dead messages that could not be sent
record ChannelRow(
        Connection connection,
        String state,
        Optional<String> reason,
        Instant createdAt,
        int failures,
        int waiting,
        int dead) {

    /// Of `channel c`.
    static final String COLUMNS = """
            c.id, c.account_id, c.name, c.kind, c.settings, c.secrets, c.state, c.reason, c.created_at, c.failures,
            (select count(*) from delivery d where d.channel_id = c.id and d.state = 'queued')
            + (select count(*) from delivery d where d.channel_id = c.id and d.state = 'sending') as waiting,
            (select count(*) from delivery d where d.account_id = c.account_id and d.channel_id = c.id
                                                   and d.state = 'dead') as dead""";

    /// What it takes to send by it.
    ///
    /// @param secrets sealed
    record Connection(
            long id, long accountId, String name, String kind, JsonObject settings, Optional<byte[]> secrets) {

        static Connection of(ResultSet row) throws SQLException {
            return new Connection(
                    row.getLong("id"),
                    row.getLong("account_id"),
                    row.getString("name"),
                    row.getString("kind"),
                    object(row.getString("settings")),
                    Optional.ofNullable(row.getBytes("secrets")));
        }
    }

    static ChannelRow of(ResultSet row) throws SQLException {
        return new ChannelRow(
                Connection.of(row),
                row.getString("state"),
                Optional.ofNullable(row.getString("reason")),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("failures"),
                row.getInt("waiting"),
                row.getInt("dead"));
    }

    static JsonObject object(String text) {
        try {
            return JsonReader.read(text, JsonLimits.AUTHORED) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (JsonException e) {
            throw new IllegalStateException("a column is no JSON", e);
        }
    }
}
