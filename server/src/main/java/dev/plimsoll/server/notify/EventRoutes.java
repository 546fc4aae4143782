package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What happened, and the schema of what is sent about it.
final class EventRoutes {

    private static final String PATH = "/api/v1/events";

    private final Database database;

    EventRoutes(Database database) {
        this.database = database;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, PATH, Permission.READ_SUBSCRIPTIONS, this::list),
                new Route(Method.GET, PATH + "/{id}", Permission.READ_SUBSCRIPTIONS, this::show),
                new Route(Method.GET, "/api/v1/schemas/event-1.schema.json", Permission.NONE, _ -> schema()));
    }

    /// The newest first.
    private Reply list(Request request) {
        int limit = Page.limit(request);
        long before = Page.afterNumber(request).orElse(Long.MAX_VALUE);
        var kind = request.queried("kind")
                .map(word -> EventKind.of(word)
                        .orElseThrow(() -> ProblemException.invalid("kind", "'" + word + "' is no kind of event"))
                        .word());
        boolean payload = request.flag("payload");
        var found = database.jdbi()
                .withHandle(handle -> handle.createQuery("select " + StoredEvent.COLUMNS + " from "
                                + StoredEvent.TABLES
                                + " where e.account_id = :account and e.sequence < :before"
                                + " and (cast(:kind as text) is null or e.kind = :kind)"
                                + " and (cast(:name as text) is null or e.name = :name)"
                                + " order by e.sequence desc limit :most")
                        .bind("account", request.accountId())
                        .bind("before", before)
                        .bind("kind", kind.orElse(null))
                        .bind("name", request.queried("name").orElse(null))
                        .bind("most", limit + 1)
                        .map((row, _) -> StoredEvent.of(row))
                        .list());
        return Page.of(found, limit, event -> Long.toString(event.sequence()))
                .reply((json, event) -> json.object(() -> members(json, event, payload)));
    }

    private Reply show(Request request) {
        var id = Ids.of(request.path("id"));
        var event = database.jdbi()
                .withHandle(handle -> handle.createQuery("select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLES
                                + " where e.account_id = :account and e.id = :id")
                        .bind("account", request.accountId())
                        .bind("id", id)
                        .map((row, _) -> StoredEvent.of(row))
                        .findOne())
                .orElseThrow(() -> ProblemException.notFound("there is no event " + id + " in this account"));
        return Reply.json(json -> json.object(() -> members(json, event, true)));
    }

    private static void members(JsonWriter json, StoredEvent event, boolean payload) {
        json.member("id", event.id().toString());
        json.member("kind", event.kind().word());
        json.strings("causes", event.causes().stream().map(Enum::name).sorted().toList());
        json.member("at", event.at().toString());
        json.member("name", event.name());
        json.member("digest", event.digest());
        json.member("quiet", event.quiet());
        json.member("dispatched_at", event.dispatchedAt().map(Instant::toString));
        if (payload) {
            json.member("payload", event.json());
        }
    }

    private static Reply schema() {
        try (var resource = EventRoutes.class.getResourceAsStream("event-1.schema.json")) {
            if (resource == null) {
                throw new IllegalStateException("the schema of messages is not in the service");
            }
            return Reply.document("application/schema+json", resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ids in paths.
    static final class Ids {

        private Ids() {}

        static UUID of(String text) {
            if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                return UUID.fromString(text);
            }
            throw ProblemException.notFound("there is no '" + text + "' here: ids are UUIDs");
        }
    }
}
