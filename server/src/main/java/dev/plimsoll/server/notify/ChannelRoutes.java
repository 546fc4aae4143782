package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.secrets.SecretException;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Channels: added, changed, paused, tried. Their secrets go in and never come out; those that the
/// service makes are shown once.
final class ChannelRoutes {

    private static final String PATH = "/api/v1/channels";

    private final Database database;
    private final InstantSource clock;
    private final ChannelKinds kinds;
    private final ChannelSecrets secrets;
    private final Deliverer deliverer;

    ChannelRoutes(
            Database database, InstantSource clock, ChannelKinds kinds, ChannelSecrets secrets, Deliverer deliverer) {
        this.database = database;
        this.clock = clock;
        this.kinds = kinds;
        this.secrets = secrets;
        this.deliverer = deliverer;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, PATH, Permission.READ_SUBSCRIPTIONS, this::list),
                new Route(Method.POST, PATH, Permission.WRITE_SUBSCRIPTIONS, this::add),
                new Route(Method.GET, PATH + "/{name}", Permission.READ_SUBSCRIPTIONS, this::show),
                new Route(Method.PATCH, PATH + "/{name}", Permission.WRITE_SUBSCRIPTIONS, this::change),
                new Route(Method.DELETE, PATH + "/{name}", Permission.WRITE_SUBSCRIPTIONS, this::delete),
                new Route(Method.POST, PATH + "/{name}/test", Permission.WRITE_SUBSCRIPTIONS, this::test),
                new Route(Method.POST, PATH + "/{name}/rotate", Permission.WRITE_SUBSCRIPTIONS, this::rotate));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found =
                database.jdbi().withHandle(handle -> ChannelStore.list(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, row -> row.connection().name())
                .reply((json, row) -> json.object(() -> members(json, row)));
    }

    private Reply add(Request request) throws IOException {
        var body = request.json();
        Names.only(body, Set.of("name", "kind", "settings", "secrets"));
        var name = Names.of(body);
        var kind = kind(Names.text(body, "kind"));
        var settings = SettingsReader.merge(kind, JsonObject.EMPTY, Names.object(body, "settings"), false);
        var given = SettingsReader.merge(kind, JsonObject.EMPTY, Names.object(body, "secrets"), true);
        var made = kind.made(given);
        var all = both(given, made);
        SettingsReader.check(kind, settings, all);
        var row = database.jdbi().inTransaction(handle -> {
            if (!ChannelStore.add(
                    handle,
                    request.accountId(),
                    name,
                    kind.name(),
                    settings,
                    sealed(request.accountId(), name, all),
                    clock.instant())) {
                throw ProblemException.conflict(
                        "there is a channel '" + name + "' already; change it with PATCH, or choose another name");
            }
            return ChannelStore.demanded(handle, request.accountId(), name);
        });
        return Reply.created(
                PATH + "/" + name,
                json -> json.object(() -> {
                    members(json, row);
                    made(json, made);
                }));
    }

    private Reply show(Request request) {
        var row = database.jdbi()
                .withHandle(handle -> ChannelStore.demanded(handle, request.accountId(), request.path("name")));
        return Reply.json(json -> json.object(() -> members(json, row)));
    }

    private Reply change(Request request) throws IOException {
        var body = request.json();
        Names.only(body, Set.of("settings", "secrets", "state"));
        var row = database.jdbi().inTransaction(handle -> {
            var found = ChannelStore.locked(handle, request.accountId(), request.path("name"));
            var channel = found.connection();
            if (body.get("settings").isPresent() || body.get("secrets").isPresent()) {
                var kind = kind(channel.kind());
                var settings = SettingsReader.merge(kind, channel.settings(), Names.object(body, "settings"), false);
                var opened = secrets.open(channel.accountId(), channel.name(), channel.secrets());
                var given = SettingsReader.merge(kind, opened, Names.object(body, "secrets"), true);
                var checked = SettingsReader.check(kind, settings, given);
                if (!settings.equals(channel.settings()) || !given.equals(opened)) {
                    groupings(kind, checked, ChannelStore.groupings(handle, channel));
                    ChannelStore.configure(
                            handle, channel, settings, sealed(channel.accountId(), channel.name(), given));
                }
            }
            if (body.get("state").isPresent()) {
                switch (Names.text(body, "state")) {
                    case "active" -> ChannelStore.resume(handle, channel, clock.instant());
                    case "paused" ->
                        ChannelStore.pause(
                                handle,
                                channel,
                                "paused by " + request.principal().name());
                    default -> throw ProblemException.invalid("/state", "must be active or paused");
                }
            }
            return ChannelStore.demanded(handle, request.accountId(), channel.name());
        });
        return Reply.json(json -> json.object(() -> members(json, row)));
    }

    private Reply delete(Request request) {
        var name = request.path("name");
        boolean deleted =
                database.jdbi().inTransaction(handle -> ChannelStore.delete(handle, request.accountId(), name));
        if (!deleted) {
            throw ProblemException.notFound("there is no channel '" + name + "' in this account");
        }
        return Reply.noContent();
    }

    private Reply test(Request request) throws IOException {
        var body = Bodies.json(request.bytes());
        Names.only(body, Set.of("recipient"));
        var row = database.jdbi()
                .withHandle(handle -> ChannelStore.demanded(handle, request.accountId(), request.path("name")));
        var call = new TestCall(
                UUID.randomUUID(),
                request.principal().account(),
                request.principal().name(),
                clock.instant(),
                body.get("recipient").isEmpty() ? Optional.empty() : Optional.of(Names.text(body, "recipient")));
        var outcome = deliverer.test(row.connection(), kind(row.connection().kind()), call);
        return Reply.json(json -> json.object(() -> {
            json.member("id", call.id().toString());
            switch (outcome) {
                case Outcome.Delivered delivered -> outcome(json, "delivered", delivered.answer());
                case Outcome.Retry retry -> outcome(json, "retried", retry.reason());
                case Outcome.Final refused -> outcome(json, "final", refused.reason());
            }
        }));
    }

    private static void outcome(JsonWriter json, String word, String answer) {
        json.member("outcome", word);
        json.member("answer", answer);
    }

    private Reply rotate(Request request) {
        var made = database.jdbi().inTransaction(handle -> {
            var channel = ChannelStore.locked(handle, request.accountId(), request.path("name"))
                    .connection();
            var kind = kind(channel.kind());
            var present = secrets.open(channel.accountId(), channel.name(), channel.secrets());
            var rotated = kind.rotated(present, clock.instant())
                    .orElseThrow(() -> ProblemException.conflict("a channel of the kind " + kind.name()
                            + " has no secret that the service makes; change its secrets with PATCH"));
            SettingsReader.check(kind, channel.settings(), rotated);
            ChannelStore.configure(
                    handle, channel, channel.settings(), sealed(channel.accountId(), channel.name(), rotated));
            var names = kind.made(JsonObject.EMPTY).members().keySet();
            var shown = new LinkedHashMap<>(rotated.members());
            shown.keySet().retainAll(names);
            return new JsonObject(shown);
        });
        return Reply.json(json -> json.object(() -> made(json, made)));
    }

    private ChannelKind kind(String name) {
        return kinds.find(name)
                .orElseThrow(() -> ProblemException.invalid(
                        "/kind",
                        "'" + name + "' is no kind of channel; there are " + String.join(", ", kinds.names())));
    }

    /// @throws ProblemException where messages of that form cannot be of several events
    static void groupings(ChannelKind kind, Settings settings, List<Grouping> wanted) {
        var possible = kind.groupings(settings);
        for (var grouping : wanted) {
            if (!possible.contains(grouping)) {
                throw ProblemException.conflict("with these settings the channel takes subscriptions grouped by "
                        + possible.stream().map(Grouping::word).sorted().collect(Collectors.joining(", "))
                        + " alone, this one is grouped by " + grouping.word());
            }
        }
    }

    private byte @Nullable [] sealed(long accountId, String name, JsonObject all) {
        return all.members().isEmpty() ? null : secrets.seal(accountId, name, all);
    }

    private static JsonObject both(JsonObject one, JsonObject other) {
        var members = new LinkedHashMap<>(one.members());
        members.putAll(other.members());
        return new JsonObject(members);
    }

    private static void made(JsonWriter json, JsonObject made) {
        if (!made.members().isEmpty()) {
            json.member("made_secrets", made);
        }
    }

    private void members(JsonWriter json, ChannelRow row) {
        var channel = row.connection();
        json.member("name", channel.name());
        json.member("kind", channel.kind());
        json.member("settings", channel.settings());
        json.strings("secrets", secretNames(channel));
        json.member("state", row.state());
        json.member("reason", row.reason());
        json.member("failures", row.failures());
        json.member("waiting", row.waiting());
        json.member("dead", row.dead());
        json.member("created_at", row.createdAt().toString());
    }

    /// Which ones it has: names alone.
    private List<String> secretNames(ChannelRow.Connection channel) {
        try {
            return secrets.open(channel.accountId(), channel.name(), channel.secrets()).members().keySet().stream()
                    .sorted()
                    .toList();
        } catch (SecretException _) {
            // with another key they cannot be told; a test of the channel says so
            return List.of();
        }
    }
}
