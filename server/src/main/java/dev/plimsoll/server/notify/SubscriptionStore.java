package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.http.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of subscriptions. Every query is bound to the account.
final class SubscriptionStore {

    private SubscriptionStore() {}

    /// @return whether it was added; not where the account has one of that name
    static boolean add(Handle handle, Subscription subscription) {
        return handle.createUpdate("""
                        insert into subscription (account_id, name, kinds, channel_id, filter, grouping, window_seconds,
                                                  active, created_at)
                        select account_id, :name, :kinds, id, :filter, :grouping, :window, :active, :now
                        from channel where id = :channel and account_id = :account
                        on conflict (account_id, name) do nothing""")
                        .bind("account", subscription.accountId())
                        .bind("name", subscription.name())
                        .bindArray("kinds", String.class, words(subscription))
                        .bind("channel", subscription.channelId())
                        .bind("filter", filter(subscription))
                        .bind("grouping", subscription.grouping().word())
                        .bind("window", (int) subscription.window().toSeconds())
                        .bind("active", subscription.active())
                        .bind("now", subscription.createdAt())
                        .execute()
                > 0;
    }

    static Subscription demanded(Handle handle, long accountId, String name) {
        return find(handle, accountId, name, "")
                .orElseThrow(() -> ProblemException.notFound("there is no subscription '" + name
                        + "' in this account; GET /api/v1/subscriptions lists them"));
    }

    /// The same, and nobody else changes it, or makes deliveries of it, until the transaction ends.
    static Subscription locked(Handle handle, long accountId, String name) {
        return find(handle, accountId, name, " for update of s")
                .orElseThrow(
                        () -> ProblemException.notFound("there is no subscription '" + name + "' in this account"));
    }

    private static Optional<Subscription> find(Handle handle, long accountId, String name, String lock) {
        return handle.createQuery("select " + Subscription.COLUMNS + " from " + Subscription.TABLES
                        + " where s.account_id = :account and s.name = :name" + lock)
                .bind("account", accountId)
                .bind("name", name)
                .map((row, _) -> Subscription.of(row))
                .findOne();
    }

    /// By name.
    static List<Subscription> list(Handle handle, long accountId, String after, int most) {
        return handle.createQuery("select " + Subscription.COLUMNS + " from " + Subscription.TABLES
                        + " where s.account_id = :account and s.name > :after order by s.name limit :most")
                .bind("account", accountId)
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> Subscription.of(row))
                .list();
    }

    static void change(Handle handle, Subscription subscription) {
        handle.createUpdate("""
                        update subscription set kinds = :kinds, channel_id = :channel, filter = :filter,
                            grouping = :grouping, window_seconds = :window, active = :active
                        where id = :id and account_id = :account""")
                .bindArray("kinds", String.class, words(subscription))
                .bind("channel", subscription.channelId())
                .bind("filter", filter(subscription))
                .bind("grouping", subscription.grouping().word())
                .bind("window", (int) subscription.window().toSeconds())
                .bind("active", subscription.active())
                .bind("id", subscription.id())
                .bind("account", subscription.accountId())
                .execute();
    }

    /// What was not sent yet is not sent: nobody wants it any more.
    static void delete(Handle handle, Subscription subscription) {
        handle.createUpdate("""
                        delete from delivery where subscription_id = :id and account_id = :account
                            and state in ('gathering', 'queued')""")
                .bind("id", subscription.id())
                .bind("account", subscription.accountId())
                .execute();
        handle.createUpdate("delete from subscription where id = :id and account_id = :account")
                .bind("id", subscription.id())
                .bind("account", subscription.accountId())
                .execute();
    }

    private static List<String> words(Subscription subscription) {
        return subscription.kinds().stream().map(EventKind::word).toList();
    }

    private static String filter(Subscription subscription) {
        return JsonWriter.text(json -> json.element(subscription.filter().json()));
    }
}
