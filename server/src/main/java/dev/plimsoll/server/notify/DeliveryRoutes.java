package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The log of deliveries, dead ones included, and sending them again.
final class DeliveryRoutes {

    private static final String PATH = "/api/v1/deliveries";

    private static final Set<String> STATES = Set.of("gathering", "queued", "sending", "delivered", "dead");

    /// Most events that a delivery is shown with.
    private static final int EVENTS = 100;

    private final Database database;
    private final InstantSource clock;

    DeliveryRoutes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, PATH, Permission.READ_SUBSCRIPTIONS, this::list),
                new Route(Method.GET, PATH + "/{id}", Permission.READ_SUBSCRIPTIONS, this::show),
                new Route(Method.POST, PATH + "/{id}/redeliver", Permission.WRITE_SUBSCRIPTIONS, this::redeliver),
                new Route(
                        Method.POST,
                        "/api/v1/channels/{name}/redeliver",
                        Permission.WRITE_SUBSCRIPTIONS,
                        this::redeliverAll));
    }

    /// An attempt that was made.
    private record Made(int number, Instant at, int milliseconds, String outcome, String answer) {}

    /// All of a delivery.
    private record Whole(DeliveryRow row, List<Made> attempts, List<String> events) {}

    /// The newest first.
    private Reply list(Request request) {
        int limit = Page.limit(request);
        long before = Page.afterNumber(request).orElse(Long.MAX_VALUE);
        var state = request.queried("state");
        if (state.isPresent() && !STATES.contains(state.get())) {
            throw ProblemException.invalid("state", "must be gathering, queued, sending, delivered or dead");
        }
        var channel = request.queried("channel");
        var subscription = request.queried("subscription");
        var found = database.jdbi().withHandle(handle -> {
            // the word itself, checked above, lets the index of the dead be used
            var query = handle.createQuery("select " + DeliveryRow.COLUMNS + " from " + DeliveryRow.TABLES
                            + " where d.account_id = :account and d.sequence < :before"
                            + state.map(word -> " and d.state = '" + word + "'").orElse("")
                            + (channel.isPresent() ? " and c.name = :channel" : "")
                            + (subscription.isPresent() ? " and s.name = :subscription" : "")
                            + " order by d.sequence desc limit :most")
                    .bind("account", request.accountId())
                    .bind("before", before)
                    .bind("most", limit + 1);
            channel.ifPresent(name -> query.bind("channel", name));
            subscription.ifPresent(name -> query.bind("subscription", name));
            return query.map((row, _) -> DeliveryRow.of(row)).list();
        });
        return Page.of(found, limit, row -> Long.toString(row.sequence()))
                .reply((json, row) -> json.object(() -> members(json, row)));
    }

    private Reply show(Request request) {
        var id = EventRoutes.Ids.of(request.path("id"));
        var whole = database.jdbi().withHandle(handle -> {
            var row = demanded(handle, request.accountId(), id);
            return new Whole(row, attempts(handle, id), events(handle, id));
        });
        return Reply.json(json -> json.object(() -> {
            members(json, whole.row());
            json.array(
                    "log",
                    () -> whole.attempts()
                            .forEach(attempt -> json.object(() -> {
                                json.member("attempt", attempt.number());
                                json.member("at", attempt.at().toString());
                                json.member("milliseconds", attempt.milliseconds());
                                json.member("outcome", attempt.outcome());
                                json.member("answer", attempt.answer());
                            })));
            json.strings("events", whole.events());
            whole.row().document().ifPresent(text -> json.member("message", ChannelRow.object(text)));
        }));
    }

    /// Sends a message again, with the same id and the same bytes.
    private Reply redeliver(Request request) {
        var id = EventRoutes.Ids.of(request.path("id"));
        var row = database.jdbi().inTransaction(handle -> {
            var found = demanded(handle, request.accountId(), id);
            int changed = handle.createUpdate("""
                            update delivery set state = 'queued', next_at = :now, attempts_before = attempts,
                                                delivered_at = null
                            where id = :id and account_id = :account and state in ('dead', 'delivered', 'queued')""")
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .bind("account", request.accountId())
                    .execute();
            if (changed == 0) {
                throw ProblemException.conflict("the message is " + found.state() + "; "
                        + (found.state().equals("gathering")
                                ? "it is made when its window ends at " + found.nextAt()
                                : "wait for the end of this attempt"));
            }
            return demanded(handle, request.accountId(), id);
        });
        return Reply.json(202, json -> json.object(() -> members(json, row)));
    }

    /// All of the dead of a channel.
    private Reply redeliverAll(Request request) {
        int changed = database.jdbi().inTransaction(handle -> {
            var channel = ChannelStore.demanded(handle, request.accountId(), request.path("name"))
                    .connection();
            return handle.createUpdate("""
                            update delivery set state = 'queued', next_at = :now, attempts_before = attempts
                            where channel_id = :channel and account_id = :account and state = 'dead'""")
                    .bind("now", clock.instant())
                    .bind("channel", channel.id())
                    .bind("account", request.accountId())
                    .execute();
        });
        return Reply.json(202, json -> json.object(() -> json.member("redelivered", changed)));
    }

    private static DeliveryRow demanded(Handle handle, long accountId, UUID id) {
        return handle.createQuery("select " + DeliveryRow.COLUMNS + " from " + DeliveryRow.TABLES
                        + " where d.account_id = :account and d.id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .map((row, _) -> DeliveryRow.of(row))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("there is no delivery " + id + " in this account"));
    }

    /// @param id of a delivery whose account was checked
    private static List<Made> attempts(Handle handle, UUID id) {
        return handle.createQuery("select attempt, at, milliseconds, outcome, answer from delivery_attempt"
                        + " where delivery_id = :id order by attempt")
                .bind("id", id)
                .map((row, _) -> new Made(
                        row.getInt("attempt"),
                        row.getTimestamp("at").toInstant(),
                        row.getInt("milliseconds"),
                        row.getString("outcome"),
                        row.getString("answer")))
                .list();
    }

    /// @param id of a delivery whose account was checked
    private static List<String> events(Handle handle, UUID id) {
        return handle.createQuery("select cast(e.id as text) from delivery_event de join event e on e.id = de.event_id"
                        + " where de.delivery_id = :id order by e.sequence limit :most")
                .bind("id", id)
                .bind("most", EVENTS)
                .mapTo(String.class)
                .list();
    }

    private static void members(JsonWriter json, DeliveryRow row) {
        boolean waits = row.state().equals("queued") || row.state().equals("gathering");
        json.member("id", row.id().toString());
        json.member("channel", row.channel());
        json.member("subscription", row.subscription());
        json.member("kind", row.kind());
        json.member("group_key", row.groupKey());
        json.member("state", row.state());
        json.member("attempts", row.attempts());
        json.member("next_at", waits ? Optional.of(row.nextAt().toString()) : Optional.empty());
        json.member("created_at", row.createdAt().toString());
        json.member("delivered_at", row.deliveredAt().map(Instant::toString));
        json.member("last_error", row.lastError());
    }
}
