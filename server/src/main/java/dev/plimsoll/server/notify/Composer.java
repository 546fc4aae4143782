package dev.plimsoll.server.notify;

import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Fit;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.message.MessageWriter;
import dev.plimsoll.server.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Makes messages of deliveries whose window has ended. From then on a message stays as it is, so that
/// every attempt sends the same bytes.
final class Composer {

    /// Most deliveries of a batch, which is one transaction.
    private static final int BATCH = 50;

    /// Most events of a message that are read; the rest is counted.
    private static final int EVENTS = 60;

    /// In rows: how many events, which may be large, the driver holds at once.
    private static final int FETCH = 100;

    private final Database database;
    private final InstantSource clock;
    private final Links links;

    Composer(Database database, InstantSource clock, Links links) {
        this.database = database;
        this.clock = clock;
        this.links = links;
    }

    /// A delivery whose window has ended.
    private record Ended(
            UUID id, EventKind kind, String groupKey, String account, String subscription, Filter filter) {}

    /// How much there is of a message that was read in part.
    private record Totals(int events, int images) {}

    /// @return whether there may be more at once
    boolean batch() {
        return database.jdbi().inTransaction(this::batch);
    }

    private boolean batch(Handle handle) {
        var now = clock.instant();
        var ended = handle.createQuery("""
                        select d.id, d.kind, d.group_key, a.name as account, s.name as subscription, s.filter
                        from delivery d join account a on a.id = d.account_id
                             join subscription s on s.id = d.subscription_id and s.account_id = d.account_id
                        where d.state = 'gathering' and d.next_at <= :now
                        order by d.next_at, d.sequence limit :most for update of d skip locked""")
                .bind("now", now)
                .bind("most", BATCH)
                .map((row, _) -> new Ended(
                        row.getObject("id", UUID.class),
                        EventKind.of(row.getString("kind")).orElseThrow(),
                        row.getString("group_key"),
                        row.getString("account"),
                        row.getString("subscription"),
                        filter(row.getString("filter"))))
                .list();
        if (ended.isEmpty()) {
            return false;
        }
        var items = items(handle, ended.stream().map(Ended::id).toList());
        var queued = handle.prepareBatch("update delivery set state = 'queued', next_at = :now, document = :document"
                + " where id = :id and state = 'gathering'");
        var empty = new ArrayList<UUID>();
        for (var delivery : ended) {
            var message = message(handle, delivery, items.getOrDefault(delivery.id(), List.of()));
            if (message.isEmpty()) {
                empty.add(delivery.id());
            } else {
                queued.bind("now", now)
                        .bind("document", MessageWriter.write(message.get()))
                        .bind("id", delivery.id())
                        .add();
            }
        }
        if (queued.size() > 0) {
            queued.execute();
        }
        if (!empty.isEmpty()) {
            handle.createUpdate("delete from delivery where id = any(:ids)")
                    .bindArray("ids", UUID.class, empty)
                    .execute();
        }
        return ended.size() == BATCH;
    }

    /// One that cannot be read any more let the events through when it could.
    private static Filter filter(String text) {
        try {
            return Subscription.filter(text);
        } catch (IllegalStateException _) {
            return Filter.ALL;
        }
    }

    /// The first events of each, in their order.
    private static Map<UUID, List<Item>> items(Handle handle, List<UUID> deliveries) {
        Map<UUID, List<UUID>> events = new HashMap<>();
        handle.createQuery("""
                        select d.id, first.event_id from unnest(cast(:ids as uuid[])) as d (id)
                             cross join lateral (
                                 select e.sequence, de.event_id from delivery_event de join event e on e.id = de.event_id
                                 where de.delivery_id = d.id order by e.sequence limit :most) as first
                        order by d.id, first.sequence""")
                .bindArray("ids", UUID.class, deliveries)
                .bind("most", EVENTS)
                .map((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getObject("event_id", UUID.class)))
                .forEach(entry -> events.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                        .add(entry.getValue()));
        // an event of many vulnerabilities belongs to many messages, and is read once
        Map<UUID, Item> read = new HashMap<>();
        handle.createQuery("select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLES + " where e.id = any(:ids)")
                .bindArray(
                        "ids",
                        UUID.class,
                        events.values().stream()
                                .flatMap(List::stream)
                                .distinct()
                                .toList())
                .setFetchSize(FETCH)
                .map((row, _) -> StoredEvent.of(row))
                .forEach(event -> event.item().ifPresent(item -> read.put(event.id(), item)));
        Map<UUID, List<Item>> items = new HashMap<>();
        events.forEach((delivery, ids) -> items.put(
                delivery,
                ids.stream()
                        .flatMap(id -> Optional.ofNullable(read.get(id)).stream())
                        .toList()));
        return items;
    }

    /// Empty where the subscription's filter, which may have become another one, leaves nothing.
    private Optional<Message> message(Handle handle, Ended delivery, List<Item> all) {
        var items = all.stream()
                .flatMap(item -> delivery.filter().narrow(item).stream())
                .flatMap(item -> Groups.part(delivery.groupKey(), item).stream())
                .toList();
        if (items.isEmpty()) {
            return Optional.empty();
        }
        var totals = all.size() < EVENTS
                ? new Totals(items.size(), (int) items.stream()
                        .map(item -> item.subject().digest())
                        .distinct()
                        .count())
                : totals(handle, delivery.id());
        return Optional.of(Fit.of(new Message(
                delivery.id(),
                delivery.account(),
                delivery.subscription(),
                delivery.kind(),
                Groups.grouping(delivery.groupKey()),
                delivery.groupKey(),
                group(delivery, items),
                items.getFirst().subject().at(),
                items.stream()
                        .flatMap(item -> item.subject().causes().stream())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Cause.class))),
                totals.events(),
                totals.images(),
                items,
                links.of(delivery.groupKey(), delivery.kind(), items.getFirst()))));
    }

    private static String group(Ended delivery, List<Item> items) {
        return Groups.isVulnerability(delivery.groupKey())
                ? Groups.subject(delivery.groupKey())
                : items.getFirst().subject().title();
    }

    private static Totals totals(Handle handle, UUID delivery) {
        return handle.createQuery("""
                        select count(*) as events, count(distinct coalesce(cast(e.image_id as text), e.name)) as images
                        from delivery_event de join event e on e.id = de.event_id where de.delivery_id = :id""")
                .bind("id", delivery)
                .map((row, _) -> new Totals(row.getInt("events"), row.getInt("images")))
                .one();
    }
}
