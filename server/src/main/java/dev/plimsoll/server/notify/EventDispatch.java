package dev.plimsoll.server.notify;

import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes deliveries of events: those that nobody dispatched yet, in their order, each with every
/// subscription that wants something of it. A batch is one transaction: killed in the middle, nothing
/// of it happened. One server at a time does it, so that the order holds.
final class EventDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatch.class);

    /// Of PostgreSQL's advisory locks, taken for the transaction.
    private static final long LOCK = 0x706c_696d_0001L;

    /// Most events of a batch.
    private static final int EVENTS = 500;

    /// With how many groups a batch takes no further event.
    private static final int GROUPS = 20_000;

    private final Database database;
    private final InstantSource clock;

    EventDispatch(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A message to be.
    private record Group(long accountId, long channelId, long subscriptionId, EventKind kind, String key, int window) {}

    /// Where it is.
    private record Place(long channelId, long subscriptionId, String key) {}

    /// @return whether there may be more events at once
    boolean batch() {
        return database.jdbi().inTransaction(this::batch);
    }

    private boolean batch(Handle handle) {
        var mine = handle.createQuery("select pg_try_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (!mine) {
            return false;
        }
        var events = handle.createQuery(
                        "select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLES
                                + " where e.dispatched_at is null and e.kind = any(:kinds) order by e.sequence limit :most for update of e skip locked")
                // a newer server on the same database may know more kinds, and dispatches them
                .bindArray(
                        "kinds",
                        String.class,
                        Arrays.stream(EventKind.values()).map(EventKind::word).toList())
                .bind("most", EVENTS)
                .map((row, _) -> StoredEvent.of(row))
                .list();
        if (events.isEmpty()) {
            return false;
        }
        var subscriptions = subscriptions(handle, events);
        Map<Group, Set<UUID>> groups = new LinkedHashMap<>();
        var done = new ArrayList<UUID>();
        for (var event : events) {
            if (groups.size() >= GROUPS) {
                break;
            }
            match(event, subscriptions.getOrDefault(event.accountId(), List.of()), groups);
            done.add(event.id());
        }
        var now = clock.instant();
        if (!groups.isEmpty()) {
            link(handle, groups, deliveries(handle, List.copyOf(groups.keySet()), now));
        }
        handle.createUpdate("update event set dispatched_at = :now where id = any(:ids)")
                .bind("now", now)
                .bindArray("ids", UUID.class, done)
                .execute();
        return events.size() == EVENTS || done.size() < events.size();
    }

    private static Map<Long, List<Subscription>> subscriptions(Handle handle, List<StoredEvent> events) {
        var accounts = events.stream()
                .filter(event -> !event.quiet())
                .map(StoredEvent::accountId)
                .distinct()
                .toList();
        // the lock keeps a subscription from being deleted under its deliveries
        return handle
                .createQuery("select " + Subscription.COLUMNS + " from " + Subscription.TABLES
                        + " where s.account_id = any(:accounts) and s.active order by s.id for key share of s")
                .bindArray("accounts", Long.class, accounts)
                .map((row, _) -> readable(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Subscription::accountId));
    }

    /// One that cannot be read stands in nobody's way.
    private static Optional<Subscription> readable(ResultSet row) throws SQLException {
        try {
            return Optional.of(Subscription.of(row));
        } catch (IllegalStateException e) {
            LOG.error("nothing is sent for subscription {}: {}", row.getLong("id"), e.getMessage());
            return Optional.empty();
        }
    }

    private static void match(StoredEvent event, List<Subscription> subscriptions, Map<Group, Set<UUID>> groups) {
        var wanting = event.quiet()
                ? List.<Subscription>of()
                : subscriptions.stream()
                        .filter(each -> each.kinds().contains(event.kind()))
                        .toList();
        if (wanting.isEmpty()) {
            return;
        }
        var item = event.item();
        for (var subscription : wanting) {
            var narrowed = item.flatMap(subscription.filter()::narrow);
            if (narrowed.isEmpty()) {
                continue;
            }
            for (var key : Groups.keys(subscription.grouping(), event.kind(), narrowed.get())) {
                var group = new Group(
                        event.accountId(), subscription.channelId(), subscription.id(), event.kind(), key, (int)
                                subscription.window().toSeconds());
                groups.computeIfAbsent(group, _ -> new LinkedHashSet<>()).add(event.id());
            }
        }
    }

    /// Those that gather already, and new ones.
    private static Map<Place, UUID> deliveries(Handle handle, List<Group> groups, Instant now) {
        Map<Place, UUID> places = new HashMap<>();
        handle.createQuery("""
                        insert into delivery (id, account_id, channel_id, subscription_id, kind, group_key, state,
                                              next_at, created_at)
                        select id, account_id, channel_id, subscription_id, kind, group_key, 'gathering',
                               cast(:now as timestamptz) + make_interval(secs => seconds), :now
                        from unnest(cast(:ids as uuid[]), cast(:accounts as bigint[]), cast(:channels as bigint[]),
                                    cast(:subscriptions as bigint[]), cast(:kinds as text[]), cast(:keys as text[]),
                                    cast(:windows as integer[])) with ordinality
                             as each (id, account_id, channel_id, subscription_id, kind, group_key, seconds, position)
                        order by position
                        on conflict (channel_id, subscription_id, group_key) where state = 'gathering'
                        do update set group_key = excluded.group_key
                        returning id, channel_id, subscription_id, group_key""")
                .bind("now", now)
                .bindArray(
                        "ids",
                        UUID.class,
                        groups.stream().map(_ -> UUID.randomUUID()).toList())
                .bindArray(
                        "accounts",
                        Long.class,
                        groups.stream().map(Group::accountId).toList())
                .bindArray(
                        "channels",
                        Long.class,
                        groups.stream().map(Group::channelId).toList())
                .bindArray(
                        "subscriptions",
                        Long.class,
                        groups.stream().map(Group::subscriptionId).toList())
                .bindArray(
                        "kinds",
                        String.class,
                        groups.stream().map(group -> group.kind().word()).toList())
                .bindArray("keys", String.class, groups.stream().map(Group::key).toList())
                .bindArray(
                        "windows",
                        Integer.class,
                        groups.stream().map(Group::window).toList())
                .map((row, _) -> Map.entry(
                        new Place(
                                row.getLong("channel_id"), row.getLong("subscription_id"), row.getString("group_key")),
                        row.getObject("id", UUID.class)))
                .forEach(entry -> places.put(entry.getKey(), entry.getValue()));
        return places;
    }

    private static void link(Handle handle, Map<Group, Set<UUID>> groups, Map<Place, UUID> places) {
        var deliveries = new ArrayList<UUID>();
        var events = new ArrayList<UUID>();
        groups.forEach((group, members) -> {
            var place = new Place(group.channelId(), group.subscriptionId(), group.key());
            var delivery = places.get(place);
            if (delivery == null) {
                throw new IllegalStateException("no delivery was made for " + place);
            }
            for (var member : members) {
                deliveries.add(delivery);
                events.add(member);
            }
        });
        handle.createUpdate("""
                        insert into delivery_event (delivery_id, event_id)
                        select * from unnest(cast(:deliveries as uuid[]), cast(:events as uuid[]))
                        on conflict do nothing""")
                .bindArray("deliveries", UUID.class, deliveries)
                .bindArray("events", UUID.class, events)
                .execute();
    }
}
