package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Subscriptions: which events go to which channel.
final class SubscriptionRoutes {

    private static final String PATH = "/api/v1/subscriptions";

    /// In seconds: a window ends within a day.
    private static final int LONGEST_WINDOW = 86_400;

    private static final Set<String> MEMBERS =
            Set.of("name", "channel", "kinds", "filter", "grouping", "window_seconds", "active");

    private final Database database;
    private final InstantSource clock;
    private final ChannelKinds kinds;
    private final ChannelSecrets secrets;

    SubscriptionRoutes(Database database, InstantSource clock, ChannelKinds kinds, ChannelSecrets secrets) {
        this.database = database;
        this.clock = clock;
        this.kinds = kinds;
        this.secrets = secrets;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, PATH, Permission.READ_SUBSCRIPTIONS, this::list),
                new Route(Method.POST, PATH, Permission.WRITE_SUBSCRIPTIONS, this::add),
                new Route(Method.GET, PATH + "/{name}", Permission.READ_SUBSCRIPTIONS, this::show),
                new Route(Method.PATCH, PATH + "/{name}", Permission.WRITE_SUBSCRIPTIONS, this::change),
                new Route(Method.DELETE, PATH + "/{name}", Permission.WRITE_SUBSCRIPTIONS, this::delete));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found = database.jdbi()
                .withHandle(handle -> SubscriptionStore.list(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, Subscription::name)
                .reply((json, subscription) -> json.object(() -> members(json, subscription)));
    }

    private Reply add(Request request) throws IOException {
        var body = request.json();
        Names.only(body, MEMBERS);
        var name = Names.of(body);
        var channel = Names.text(body, "channel");
        var row = database.jdbi().inTransaction(handle -> {
            var found = channel(handle, request, channel);
            var subscription = new Subscription(
                    0,
                    request.accountId(),
                    name,
                    found.id(),
                    found.name(),
                    Set.of(EventKind.values()),
                    Filter.ALL,
                    Grouping.NONE,
                    Duration.ZERO,
                    true,
                    clock.instant());
            var given = changed(subscription, body);
            fits(handle, found, given);
            if (!SubscriptionStore.add(handle, given)) {
                throw ProblemException.conflict(
                        "there is a subscription '" + name + "' already; change it with PATCH, or choose another name");
            }
            return SubscriptionStore.demanded(handle, request.accountId(), name);
        });
        return Reply.created(PATH + "/" + name, json -> json.object(() -> members(json, row)));
    }

    private Reply show(Request request) {
        var row = database.jdbi()
                .withHandle(handle -> SubscriptionStore.demanded(handle, request.accountId(), request.path("name")));
        return Reply.json(json -> json.object(() -> members(json, row)));
    }

    private Reply change(Request request) throws IOException {
        var body = request.json();
        Names.only(
                body, MEMBERS.stream().filter(member -> !member.equals("name")).collect(Collectors.toSet()));
        var row = database.jdbi().inTransaction(handle -> {
            var present = SubscriptionStore.locked(handle, request.accountId(), request.path("name"));
            var channel = channel(
                    handle, request, body.get("channel").isPresent() ? Names.text(body, "channel") : present.channel());
            var given = changed(moved(present, channel), body);
            if (!given.equals(present)) {
                fits(handle, channel, given);
                SubscriptionStore.change(handle, given);
            }
            return SubscriptionStore.demanded(handle, request.accountId(), present.name());
        });
        return Reply.json(json -> json.object(() -> members(json, row)));
    }

    private Reply delete(Request request) {
        database.jdbi()
                .useTransaction(handle -> SubscriptionStore.delete(
                        handle, SubscriptionStore.locked(handle, request.accountId(), request.path("name"))));
        return Reply.noContent();
    }

    private static ChannelRow.Connection channel(Handle handle, Request request, String name) {
        return ChannelStore.find(handle, request.accountId(), name)
                .orElseThrow(() -> ProblemException.invalid(
                        "/channel", "there is no channel '" + name + "'; add it with POST /api/v1/channels"))
                .connection();
    }

    private void fits(Handle handle, ChannelRow.Connection channel, Subscription subscription) {
        // held until the end, so that the channel's settings do not become others meanwhile
        var row =
                ChannelStore.locked(handle, channel.accountId(), channel.name()).connection();
        var opened = secrets.open(row.accountId(), row.name(), row.secrets());
        kinds.find(row.kind())
                .ifPresent(kind -> ChannelRoutes.groupings(
                        kind, new Settings(row.settings(), opened), List.of(subscription.grouping())));
    }

    private static Subscription moved(Subscription present, ChannelRow.Connection channel) {
        return new Subscription(
                present.id(),
                present.accountId(),
                present.name(),
                channel.id(),
                channel.name(),
                present.kinds(),
                present.filter(),
                present.grouping(),
                present.window(),
                present.active(),
                present.createdAt());
    }

    /// With what the body says instead of what was there.
    private static Subscription changed(Subscription present, JsonObject body) {
        return new Subscription(
                present.id(),
                present.accountId(),
                present.name(),
                present.channelId(),
                present.channel(),
                body.get("kinds").map(SubscriptionRoutes::kinds).orElse(present.kinds()),
                body.get("filter").isPresent() ? FilterReader.read(Names.object(body, "filter")) : present.filter(),
                body.get("grouping").isPresent() ? grouping(Names.text(body, "grouping")) : present.grouping(),
                body.get("window_seconds").map(SubscriptionRoutes::window).orElse(present.window()),
                body.get("active").map(SubscriptionRoutes::flag).orElse(present.active()),
                present.createdAt());
    }

    private static Set<EventKind> kinds(JsonValue value) {
        var kinds = new TreeSet<EventKind>();
        if (value instanceof JsonArray(var elements) && !elements.isEmpty()) {
            for (var element : elements) {
                var kind = element instanceof JsonString(var word) ? EventKind.of(word) : Optional.<EventKind>empty();
                kinds.add(kind.orElseThrow(SubscriptionRoutes::wrongKinds));
            }
            return kinds;
        }
        throw wrongKinds();
    }

    private static ProblemException wrongKinds() {
        return ProblemException.invalid(
                "/kinds",
                "must be a list of some of "
                        + Arrays.stream(EventKind.values()).map(EventKind::word).collect(Collectors.joining(", ")));
    }

    private static Grouping grouping(String word) {
        return Grouping.of(word).orElseThrow(() -> ProblemException.invalid("/grouping", "must be cve, image or none"));
    }

    private static Duration window(JsonValue value) {
        if (value instanceof JsonNumber(var number)
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(LONGEST_WINDOW)) <= 0
                && number.stripTrailingZeros().scale() <= 0) {
            return Duration.ofSeconds(number.longValue());
        }
        throw ProblemException.invalid(
                "/window_seconds", "must be a whole number of seconds between 0 and " + LONGEST_WINDOW);
    }

    private static boolean flag(JsonValue value) {
        if (value instanceof JsonBoolean(var active)) {
            return active;
        }
        throw ProblemException.invalid("/active", "must be true or false");
    }

    private static void members(JsonWriter json, Subscription subscription) {
        json.member("name", subscription.name());
        json.member("channel", subscription.channel());
        json.strings("kinds", subscription.kinds().stream().map(EventKind::word).toList());
        json.member("filter", subscription.filter().json());
        json.member("grouping", subscription.grouping().word());
        json.member("window_seconds", subscription.window().toSeconds());
        json.member("active", subscription.active());
        json.member("created_at", subscription.createdAt().toString());
    }
}
