package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.notify.message.Grouping;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of channels. Every query is bound to the account.
final class ChannelStore {

    private ChannelStore() {}

    /// @return whether it was added; not where the account has one of that name
    static boolean add(
            Handle handle,
            long accountId,
            String name,
            String kind,
            JsonObject settings,
            byte @Nullable [] secrets,
            Instant now) {
        return handle.createUpdate("""
                        insert into channel (account_id, name, kind, settings, secrets, state, created_at)
                        values (:account, :name, :kind, :settings, :secrets, 'active', :now)
                        on conflict (account_id, name) do nothing""")
                        .bind("account", accountId)
                        .bind("name", name)
                        .bind("kind", kind)
                        .bind("settings", JsonWriter.text(json -> json.element(settings)))
                        .bind("secrets", secrets)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    static Optional<ChannelRow> find(Handle handle, long accountId, String name) {
        return handle.createQuery("select " + ChannelRow.COLUMNS
                        + " from channel c where c.account_id = :account and c.name = :name")
                .bind("account", accountId)
                .bind("name", name)
                .map((row, _) -> ChannelRow.of(row))
                .findOne();
    }

    static ChannelRow demanded(Handle handle, long accountId, String name) {
        return find(handle, accountId, name)
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no channel '" + name + "' in this account; GET /api/v1/channels lists them"));
    }

    /// The same, and nobody else changes it until the transaction ends.
    static ChannelRow locked(Handle handle, long accountId, String name) {
        handle.createQuery("select 1 from channel where account_id = :account and name = :name for no key update")
                .bind("account", accountId)
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne();
        return demanded(handle, accountId, name);
    }

    /// By name.
    static List<ChannelRow> list(Handle handle, long accountId, String after, int most) {
        return handle.createQuery("select " + ChannelRow.COLUMNS
                        + " from channel c where c.account_id = :account and c.name > :after"
                        + " order by c.name limit :most")
                .bind("account", accountId)
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> ChannelRow.of(row))
                .list();
    }

    static void configure(
            Handle handle, ChannelRow.Connection channel, JsonObject settings, byte @Nullable [] secrets) {
        handle.createUpdate("update channel set settings = :settings, secrets = :secrets"
                        + " where id = :id and account_id = :account")
                .bind("settings", JsonWriter.text(json -> json.element(settings)))
                .bind("secrets", secrets)
                .bind("id", channel.id())
                .bind("account", channel.accountId())
                .execute();
    }

    static void pause(Handle handle, ChannelRow.Connection channel, String reason) {
        handle.createUpdate("update channel set state = 'paused', reason = :reason"
                        + " where id = :id and account_id = :account and state <> 'paused'")
                .bind("reason", reason)
                .bind("id", channel.id())
                .bind("account", channel.accountId())
                .execute();
    }

    /// What waits is sent at once: whoever resumes knows that the destination works again.
    static void resume(Handle handle, ChannelRow.Connection channel, Instant now) {
        int changed = handle.createUpdate("""
                        update channel set state = 'active', reason = null, failures = 0, waits_until = null
                        where id = :id and account_id = :account and state <> 'active'""")
                .bind("id", channel.id())
                .bind("account", channel.accountId())
                .execute();
        if (changed > 0) {
            handle.createUpdate("""
                            update delivery set next_at = :now
                            where channel_id = :id and account_id = :account and state = 'queued' and next_at > :now""")
                    .bind("now", now)
                    .bind("id", channel.id())
                    .bind("account", channel.accountId())
                    .execute();
        }
    }

    /// With its subscriptions and deliveries.
    static boolean delete(Handle handle, long accountId, String name) {
        return handle.createUpdate("delete from channel where account_id = :account and name = :name")
                        .bind("account", accountId)
                        .bind("name", name)
                        .execute()
                > 0;
    }

    /// What the subscriptions of a channel group by.
    static List<Grouping> groupings(Handle handle, ChannelRow.Connection channel) {
        return handle
                .createQuery("select distinct grouping from subscription"
                        + " where channel_id = :id and account_id = :account")
                .bind("id", channel.id())
                .bind("account", channel.accountId())
                .mapTo(String.class)
                .list()
                .stream()
                .flatMap(word -> Grouping.of(word).stream())
                .toList();
    }
}
