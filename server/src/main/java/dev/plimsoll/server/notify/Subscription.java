package dev.plimsoll.server.notify;

import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.notify.message.Grouping;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who wants to hear of what, by which channel.
///
/// @param channel name of the channel
/// @param kinds of events, at least one
/// @param window how long events of a group are gathered before they become a message; zero: not at all
record Subscription(
        long id,
        long accountId,
        String name,
        long channelId,
        String channel,
        Set<EventKind> kinds,
        Filter filter,
        Grouping grouping,
        Duration window,
        boolean active,
        Instant createdAt) {

    /// Of `subscription s join channel c`.
    static final String COLUMNS = "s.id, s.account_id, s.name, s.channel_id, c.name as channel, s.kinds, s.filter,"
            + " s.grouping, s.window_seconds, s.active, s.created_at";

    static final String TABLES = "subscription s join channel c on c.id = s.channel_id";

    Subscription {
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    }

    static Subscription of(ResultSet row) throws SQLException {
        return new Subscription(
                row.getLong("id"),
                row.getLong("account_id"),
                row.getString("name"),
                row.getLong("channel_id"),
                row.getString("channel"),
                kinds(Arrays.asList((String[]) row.getArray("kinds").getArray())),
                filter(row.getString("filter")),
                Grouping.of(row.getString("grouping")).orElse(Grouping.NONE),
                Duration.ofSeconds(row.getInt("window_seconds")),
                row.getBoolean("active"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Set<EventKind> kinds(List<String> words) {
        var kinds = new TreeSet<EventKind>();
        words.forEach(word -> EventKind.of(word).ifPresent(kinds::add));
        return kinds;
    }

    /// @throws IllegalStateException where it cannot be read: a newer server on the same database may
    /// have written it
    static Filter filter(String text) {
        try {
            return FilterReader.read(ChannelRow.object(text));
        } catch (ProblemException e) {
            throw new IllegalStateException("the filter of a subscription cannot be read: " + text, e);
        }
    }
}
